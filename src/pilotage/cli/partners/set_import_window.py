"""`pilotage partners set-import-window`."""

from datetime import datetime
from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, PartnerText

Clock = Annotated[
    datetime | None,
    typer.Option(formats=["%H:%M"], help="A time in the partner's time zone; absent: as it is."),
]


def set_import_window(
    partner: PartnerText = "",
    opens: Clock = None,
    closes: Clock = None,
    enabled: Annotated[
        bool | None, typer.Option("--on/--off", help="Import every night or not; absent: as it is.")
    ] = None,
    json: Json = False,
) -> None:
    """Set when a partner's customers are imported every night."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.set_import_window import set_import_window as set_window
    from pilotage.partners.as_json import window_as_json
    from pilotage.partners.import_window import get_import_window

    actor = command_line()
    before = get_import_window(actor, get_partner_named(actor, partner).id)
    after = set_window(
        actor,
        before.partner_id,
        is_enabled=before.is_enabled if enabled is None else enabled,
        opens=opens.time() if opens else before.opens,
        closes=closes.time() if closes else before.closes,
    )
    if json:
        print_json(window_as_json(after))
    else:
        words = f"{after.hours}, {after.time_zone} time" if after.is_enabled else "off"
        say(f"Nightly imports of {after.partner_name}: {words}")
