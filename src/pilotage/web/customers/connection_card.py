"""The card of the customer's page that tells how the connection is, and Check connection."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.connections import list_connections
from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.imports.nightly.upcoming import upcoming_nightly
from pilotage.onboarding.actions.probe_connection import probe_connection
from pilotage.onboarding.checks import check_can_probe
from pilotage.onboarding.connections import ShownConnection
from pilotage.web.customers.confirm_panel import ConfirmPanel
from pilotage.web.customers.connection_rows import ConnectionRow, connection_row
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done
from pilotage.web.request import PageRequest


@require_safe
def connection_live(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The card alone; polled while a check is on its way. Its end changes more than the card."""
    customer = get_customer(request.actor, customer_id)
    card = connection_card(request, customer)
    response = render(request, "customers/_connection.html", card)
    row = card["link"]
    if not (isinstance(row, ConnectionRow) and row.is_checking):
        response.headers["HX-Trigger"] = "cameToAnEnd"
    return response


def connection_card(request: PageRequest, customer: Customer) -> dict[str, object]:
    """What the card shows."""
    found = list_connections(request.actor).filter(customer_id=customer.id).first()
    row = connection_row(request.actor, ShownConnection(found)) if found else None
    nightly = upcoming_nightly(request.actor, customer)
    return {"customer": customer, "link": row, "nightly": nightly}


class ProbeConnection(ConfirmPanel):
    """Looks at the tenant now."""

    title, submit, icon = "Check connection", "Check now", "plug"
    text = (
        "Pilotage asks Microsoft for a token and the organization's name. "
        "The answer stands on the customer's page within seconds; nothing is changed in the tenant."
    )

    def check(self, customer: Customer) -> None:
        """Only with a tenant."""
        check_can_probe(customer)

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Ask the worker and go to where the answer will stand."""
        customer_id: UUID = ids["customer_id"]
        probe_connection(request.actor, customer_id)
        return Done("The connection is being checked.", to=customer_address(customer_id))
