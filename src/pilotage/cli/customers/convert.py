"""`pilotage customers convert`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import AddOns, CustomerText, Day, Json


def convert(
    customer: CustomerText,
    expires_on: Day,
    sku: Annotated[str, typer.Option(help="SKU code.")],
    add_on: AddOns = [],  # noqa: B006 - typer copies it
    json: Json = False,
) -> None:
    """Convert a trial to a production account."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.customers.actions.convert_to_production import convert_to_production

    actor = command_line()
    found = get_customer_named(actor, customer)
    convert_to_production(actor, found.id, expires_on=expires_on.date(), sku=sku, add_ons=add_on)
    print_customer(actor, found.id, as_json=json)
