"""The Actions menu: of one row, of what is ticked, and of the page."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pilotage.customers.allowed_actions import AllowedAction
from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.kernel.actor import Role
from pilotage.onboarding.allowed_actions import allowed_actions
from pilotage.web.customers.picked import picked_ids
from pilotage.web.request import PageRequest

# Inside an open menu one letter is enough.
_KEYS = {"extend_trial": "e", "convert_to_production": "c", "edit_customer": "d"}
_COPY = "copy_activation_link"
_DANGER = {"suspend", "cancel_onboarding", "revoke_activation_link"}
_ONLY_PENDING = {
    _COPY,
    "resend_activation_link",
    "revoke_activation_link",
    "cancel_onboarding",
}
# Of no interest while they do not apply: their counterpart stands in the menu.
_ONLY_ALLOWED = {"resume", "approve_sign_in"}
_ORDER = (
    ("extend_trial", "convert_to_production", "edit_customer"),
    ("approve_sign_in", _COPY, "resend_activation_link", "request_import", "probe_connection"),
    ("suspend", "resume", "revoke_activation_link", "cancel_onboarding"),
)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a menu; with a `reason` it is shown disabled, and the reason under it."""

    label: str
    icon: str
    address: str = ""
    reason: str = ""
    kind: str = ""
    key: str = ""
    ruled: bool = False


@require_safe
def customer_menu(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """What can be done with one customer, and why the rest cannot."""
    customer = get_customer(request.actor, customer_id)
    allowed = {action.name: action for action in allowed_actions(request.actor, customer)}
    entries: list[MenuEntry] = []
    for group in _ORDER:
        shown = [allowed[name] for name in group if _is_shown(allowed[name], customer)]
        entries += [_entry(a, customer_id, ruled=bool(entries) and a is shown[0]) for a in shown]
    return _menu(request, customer.organization_name, entries)


@require_safe
def customers_menu(request: PageRequest) -> HttpResponse:
    """The page's own menu: acts on the rows that are ticked."""
    ids = picked_ids(request.GET)
    if len(ids) == 1:
        return customer_menu(request, ids[0])
    head = f"{len(ids)} customers selected" if ids else "No customer selected"
    return _menu(request, head, [_add(request), *_for_several(ids), _export()])


def _is_shown(action: AllowedAction, customer: Customer) -> bool:
    if action.name in _ONLY_PENDING:
        return customer.is_pending
    return action.allowed or action.name not in _ONLY_ALLOWED


def _entry(action: AllowedAction, customer_id: UUID, *, ruled: bool) -> MenuEntry:
    return MenuEntry(
        label=action.label,
        icon=action.icon,
        address=reverse(action.name, args=[customer_id]),
        reason=action.reason,
        kind="copy" if action.name == _COPY else "danger" if action.name in _DANGER else "",
        key=_KEYS.get(action.name, ""),
        ruled=ruled,
    )


def _add(request: PageRequest) -> MenuEntry:
    may = request.actor.can(Role.EDITOR)
    reason = "" if may else "This needs the editor role. Ask an admin of your organization for it."
    return MenuEntry("Add customer", "plus", reverse("add_customer"), reason, key="a")


def _for_several(ids: list[UUID]) -> list[MenuEntry]:
    query = "&".join(f"ids={customer_id}" for customer_id in ids)
    none, single = "Tick one or more rows first.", "Tick exactly one row first."
    return [
        MenuEntry(
            "Extend trial",
            "calendar-plus",
            f"{reverse('extend_trials')}?{query}",
            "" if ids else none,
            key="e",
            ruled=True,
        ),
        MenuEntry("Convert to production account", "rocket", reason=single),
        MenuEntry("Edit customer", "pencil", reason=single),
    ]


def _export() -> MenuEntry:
    return MenuEntry("Export CSV", "file-down", reverse("customers_csv"), kind="page", ruled=True)


def _menu(request: PageRequest, head: str, entries: list[MenuEntry]) -> HttpResponse:
    return render(request, "customers/_menu.html", {"head": head, "entries": entries})
