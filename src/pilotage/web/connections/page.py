"""The Connections page: the worklist of what is not connected, and all the rest."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.connections import DISCONNECTED, TROUBLED, list_connections
from pilotage.customers.models import ConnectionState, Customer
from pilotage.customers.queries import get_customer
from pilotage.kernel.pagination import capped_count, paginate
from pilotage.onboarding.actions.probe_connection import probe_connection
from pilotage.onboarding.checks import check_can_probe
from pilotage.onboarding.connections import ShownConnection
from pilotage.web.connections.shown import connection_row, connection_rows
from pilotage.web.customers.confirm_panel import ConfirmPanel
from pilotage.web.customers.list_page import count_words
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done
from pilotage.web.request import PageRequest

ALL = "all"
TABS = {
    TROUBLED: "Need something",
    ConnectionState.CONSENT_OUTDATED.value: "Consent outdated",
    ConnectionState.REVOKED.value: "Consent revoked",
    ConnectionState.DEGRADED.value: "Degraded",
    DISCONNECTED: "Disconnected",
    ConnectionState.CONNECTED.value: "Connected",
    ALL: "All",
}


@require_safe
def connections(request: PageRequest) -> HttpResponse:
    """Whose connection needs something: what is missing, since when, and the next step."""
    state = request.GET.get("state", TROUBLED)
    rows = list_connections(request.actor, state="" if state == ALL else state)
    # What the menu's checks ask of each row.
    rows = rows.select_related("customer__onboarding", "customer__activation_link")
    page = paginate(rows, order="-state_since", cursor=request.GET.get("cursor", ""))
    count = capped_count(rows)
    context = {
        "title": "Connections",
        "rows": connection_rows(request.actor, page.rows),
        "page": page,
        "state": state,
        "tabs": list(TABS.items()),
        "base": f"?state={state}&",
        "words": f"{count_words(count)} customer{'' if count == 1 else 's'}",
    }
    return render(request, "connections/page.html", context)


@require_safe
def connection_live(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The customer page's card; polled while a check is on its way."""
    customer = get_customer(request.actor, customer_id)
    return render(request, "customers/_connection.html", connection_card(request, customer))


def connection_card(request: PageRequest, customer: Customer) -> dict[str, object]:
    """What the card shows."""
    found = list_connections(request.actor).filter(customer_id=customer.id).first()
    row = connection_row(request.actor, ShownConnection(found)) if found else None
    return {"customer": customer, "link": row}


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

    def act(self, request: PageRequest, **ids: object) -> Done:
        """Ask the worker and go to where the answer will stand."""
        customer_id = ids["customer_id"]
        assert isinstance(customer_id, UUID)  # noqa: S101 - the address's converter made it
        probe_connection(request.actor, customer_id)
        return Done("The connection is being checked.", to=customer_address(customer_id))
