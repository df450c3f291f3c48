"""`pilotage partners counting-rule`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, PartnerText


def counting_rule(partner: PartnerText = "", json: Json = False) -> None:
    """Show what counts as a seat for a partner's customers."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_json, say
    from pilotage.partners.as_json import counting_rule_as_json
    from pilotage.partners.counting_rule import get_counting_rule

    actor = command_line()
    rules = get_counting_rule(actor, get_partner_named(actor, partner).id)
    if json:
        print_json(counting_rule_as_json(rules))
    else:
        say(f"A seat of {rules.partner_name}: {rules.words}")
