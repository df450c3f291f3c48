"""`pilotage customers edit`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json, OptionalDay


def edit(
    customer: CustomerText,
    *,
    expires_on: OptionalDay = None,
    sku: Annotated[str, typer.Option(help="SKU code; absent: as it is.")] = "",
    add_on: Annotated[
        list[str] | None, typer.Option("--add-on", help="Add-on codes; absent: as they are.")
    ] = None,
    no_add_ons: Annotated[bool, typer.Option("--no-add-ons", help="Take all away.")] = False,
    json: Json = False,
) -> None:
    """Edit a production account: expiration date, SKU and add-ons."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.customers.actions.edit_customer import edit_customer
    from pilotage.kernel import clock

    actor = command_line()
    found = get_customer_named(actor, customer)
    present = [a.code for a in found.add_ons.all()]
    end = clock.day_in(found.expires_at, found.partner.time_zone)
    edit_customer(
        actor,
        found.id,
        expires_on=expires_on.date() if expires_on else end,
        sku=sku or found.sku.code,
        add_ons=[] if no_add_ons else add_on or present,
        version=found.version,
    )
    print_customer(actor, found.id, as_json=json)
