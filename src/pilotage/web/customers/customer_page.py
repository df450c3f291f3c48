"""The customer's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer, list_trial_extensions
from pilotage.events.queries import list_events
from pilotage.imports.queries import list_runs
from pilotage.kernel.pagination import paginate
from pilotage.onboarding.allowed_actions import allowed_actions
from pilotage.web.customers.connection_card import connection_card
from pilotage.web.customers.milestones import milestones
from pilotage.web.customers.pending_rows import pending_rows
from pilotage.web.customers.rows import Row
from pilotage.web.imports.shown import shown_runs
from pilotage.web.request import PageRequest

# What the page offers as a button of its own, in this order; the rest stands in the menu.
_BUTTONS = (
    "approve_sign_in",
    "resend_activation_link",
    "extend_trial",
    "convert_to_production",
    "edit_customer",
    "resume",
)
_MOST_BUTTONS = 2
# What stands before the customer's name in the browser's tab.
_TABS = {
    "overview": "",
    "directory": "Directory · ",
    "imports": "Import runs · ",
    "events": "Event log · ",
}


@require_safe
def customer(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """Overview: where the onboarding stands, the account, the connection, the latest runs."""
    found = get_customer(request.actor, customer_id)
    context = {
        **head(request, found, "overview"),
        **_onboarding(request, found),
        **connection_card(request, found),
        "extensions": list_trial_extensions(request.actor, customer_id),
        "runs": shown_runs(list_runs(request.actor, customer_id)[:3]),
        "events": list_events(request.actor, customer_id=customer_id)[:6],
    }
    return render(request, "customers/overview.html", context)


@require_safe
def customer_live(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The part of the page that moves."""
    found = get_customer(request.actor, customer_id)
    context = {**_onboarding(request, found), "customer": found}
    return render(request, "customers/_onboarding.html", context)


@require_safe
def customer_imports(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """All import runs, newest first."""
    found = get_customer(request.actor, customer_id)
    page = paginate(
        list_runs(request.actor, customer_id),
        order="-created_at",
        cursor=request.GET.get("cursor", ""),
    )
    context = {**head(request, found, "imports"), "runs": shown_runs(page.rows), "page": page}
    return render(request, "customers/imports.html", context)


@require_safe
def customer_events(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The event log of this customer, newest first."""
    found = get_customer(request.actor, customer_id)
    page = paginate(
        list_events(request.actor, customer_id=customer_id),
        order="-at",
        cursor=request.GET.get("cursor", ""),
    )
    context = {**head(request, found, "events"), "events": page.rows, "page": page}
    return render(request, "customers/events.html", context)


def head(request: PageRequest, found: Customer, tab: str) -> dict[str, Any]:
    """What stands above each page of a customer: name, state, buttons and tabs."""
    allowed = {a.name: a for a in allowed_actions(request.actor, found) if a.allowed}
    can_copy = "copy_activation_link" in allowed
    most = _MOST_BUTTONS - can_copy
    buttons = [allowed[name] for name in _BUTTONS if name in allowed][:most]
    return {
        "title": f"{_TABS[tab]}{found.organization_name}",
        "customer": found,
        "row": Row(found),
        "zone": found.partner.time_zone,
        "tab": tab,
        "buttons": buttons,
        "can_copy": can_copy,
    }


def _onboarding(request: PageRequest, found: Customer) -> dict[str, Any]:
    rows = pending_rows(request.actor, [found])
    row = rows[0]
    return {
        "pending": row,
        "milestones": milestones(row),
        "is_live": found.is_pending and not found.onboarding_canceled_at and row.is_moving,
    }
