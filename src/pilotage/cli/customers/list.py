"""`pilotage customers list`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, Limit, PartnerText

_COLUMNS = {
    "id": "Id",
    "organization_name": "Organization",
    "status": "Status",
    "account_type": "Account",
    "sku": "SKU",
    "expires_on": "Expires",
    "onboarding.step": "Onboarding",
    "seats_used": "Seats",
}


def list_command(
    *,
    pending: Annotated[
        bool | None, typer.Option("--pending/--onboarded", help="One tab only.")
    ] = None,
    partner: PartnerText = "",
    search: Annotated[str, typer.Option(help="In name, email and domain.")] = "",
    status: Annotated[str, typer.Option(help="active, expired, suspended, terminated.")] = "",
    sku: Annotated[str, typer.Option(help="SKU code.")] = "",
    sort: Annotated[str, typer.Option(help="Field; with - in front, descending.")] = (
        "organization_name"
    ),
    limit: Limit = 1000,
    json: Json = False,
) -> None:
    """List customers."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_json, print_table
    from pilotage.customers.filters import check_sort, narrowed
    from pilotage.customers.queries import list_customers
    from pilotage.kernel import clock
    from pilotage.onboarding.as_json import customer_as_json

    actor = command_line()
    rows = list_customers(actor, pending=pending).select_related("onboarding", "sku", "partner")
    if partner:
        rows = rows.filter(partner=get_partner_named(actor, partner))
    rows = narrowed(rows, now=clock.now(), search=search, status=status, sku=sku)
    found = [customer_as_json(c) for c in rows.order_by(check_sort(sort), "pk")[:limit]]
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
