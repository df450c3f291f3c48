"""The Connections page: the worklist of what is not connected, and all the rest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.connections import DISCONNECTED, TROUBLED, list_connections
from pilotage.customers.models import ConnectionState
from pilotage.kernel.pagination import capped_count, paginate
from pilotage.web.customers.connection_rows import connection_rows
from pilotage.web.customers.list_page import count_words
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
