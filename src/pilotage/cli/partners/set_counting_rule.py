"""`pilotage partners set-counting-rule`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, PartnerText


def set_counting_rule(
    partner: PartnerText = "",
    blocked: Annotated[
        bool | None,
        typer.Option("--blocked/--no-blocked", help="Count blocked accounts; absent: as it is."),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(help="Part number of a product that is no seat; may be repeated."),
    ] = None,
    leave_out_none: Annotated[
        bool, typer.Option("--leave-out-none", help="Every product makes a seat.")
    ] = False,
    json: Json = False,
) -> None:
    """Set what counts as a seat for a partner's customers; they are counted anew at once."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.set_counting_rule import set_counting_rule as set_rule
    from pilotage.partners.as_json import counting_rule_as_json
    from pilotage.partners.counting_rule import get_counting_rule

    actor = command_line()
    before = get_counting_rule(actor, get_partner_named(actor, partner).id)
    named = () if leave_out_none else leave_out or before.left_out
    after = set_rule(
        actor,
        before.partner_id,
        counts_blocked=before.counts_blocked if blocked is None else blocked,
        left_out=named,
    )
    if json:
        print_json(counting_rule_as_json(after))
    else:
        say(f"A seat of {after.partner_name}: {after.words}")
