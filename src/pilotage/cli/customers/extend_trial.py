"""`pilotage customers extend-trial`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json, OptionalDay


def extend_trial(
    customer: CustomerText,
    expected_end: OptionalDay = None,
    reason: Annotated[str, typer.Option(help="Why; kept with the extension.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the date only.")] = False,
    json: Json = False,
) -> None:
    """Extend a trial by another 14 days; with --expected-end exactly to that day or not at all."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.cli.output import print_json, say
    from pilotage.customers.actions.extend_trial import extend_trial as extend
    from pilotage.customers.actions.extend_trial import preview_extend_trial

    actor = command_line()
    found = get_customer_named(actor, customer)
    preview = preview_extend_trial(actor, found.id)
    if dry_run:
        end = preview.new_end_day.isoformat()
        if json:
            print_json({"number": preview.number, "new_end_day": end})
        else:
            say(f"The trial would end on {end}.")
        return
    day = expected_end.date() if expected_end else preview.new_end_day
    extend(actor, found.id, expected_end=day, reason=reason)
    print_customer(actor, found.id, as_json=json)
