"""`pilotage customers resend`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def resend(
    customer: CustomerText,
    to: Annotated[str, typer.Option(help="Another address; absent: the one of before.")] = "",
    json: Json = False,
) -> None:
    """Send a new activation link; the earlier one stops working."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.onboarding.actions.resend_activation_link import resend_activation_link

    actor = command_line()
    found = get_customer_named(actor, customer)
    resend_activation_link(actor, found.id, to=to)
    print_customer(actor, found.id, as_json=json)
