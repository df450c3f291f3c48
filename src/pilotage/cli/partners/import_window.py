"""`pilotage partners import-window`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, PartnerText


def import_window(partner: PartnerText = "", json: Json = False) -> None:
    """Show when a partner's customers are imported every night."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_facts, print_json
    from pilotage.partners.as_json import window_as_json
    from pilotage.partners.import_window import get_import_window

    actor = command_line()
    shown = window_as_json(get_import_window(actor, get_partner_named(actor, partner).id))
    if json:
        print_json(shown)
    else:
        print_facts([(name.replace("_", " ").capitalize(), value) for name, value in shown.items()])
