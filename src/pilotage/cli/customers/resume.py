"""`pilotage customers resume`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def resume(
    customer: CustomerText,
    reason: Annotated[str, typer.Option(help="Why, 1 to 40 characters.")],
    json: Json = False,
) -> None:
    """Take away one reason for which a customer is suspended."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.customers.actions import resume as action

    actor = command_line()
    found = get_customer_named(actor, customer)
    action.resume(actor, found.id, reason=reason)
    print_customer(actor, found.id, as_json=json)
