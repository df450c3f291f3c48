"""`pilotage customers suspend`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def suspend(
    customer: CustomerText,
    reason: Annotated[str, typer.Option(help="Why, 1 to 40 characters.")],
    json: Json = False,
) -> None:
    """Suspend a customer: no import, no entitlement; everything stays readable."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.customers.actions import suspend as action

    actor = command_line()
    found = get_customer_named(actor, customer)
    action.suspend(actor, found.id, reason=reason)
    print_customer(actor, found.id, as_json=json)
