"""`pilotage customers connect`."""

from typing import Annotated
from uuid import UUID

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def connect(
    customer: CustomerText,
    tenant_id: Annotated[UUID, typer.Option(help="The Entra tenant's id.")],
    json: Json = False,
) -> None:
    """Bind a tenant whose admin has consented elsewhere; the same proof decides."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.onboarding.actions.connect_tenant import connect_tenant

    actor = command_line()
    found = get_customer_named(actor, customer)
    connect_tenant(actor, found.id, tenant_id=tenant_id)
    print_customer(actor, found.id, as_json=json)
