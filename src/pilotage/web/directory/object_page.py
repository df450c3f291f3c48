"""One user, group or device."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.queries import get_customer
from pilotage.directory.as_json import object_as_json
from pilotage.directory.details import get_details
from pilotage.directory.lists import Kind
from pilotage.directory.products import product_names
from pilotage.web.directory.list_page import directory_head
from pilotage.web.request import PageRequest

# What stands elsewhere on the page, or says nothing to people.
_LEFT_OUT = frozenset({"assignedLicenses"})


@require_safe
def directory_object(
    request: PageRequest, customer_id: UUID, kind: Kind, object_id: str
) -> HttpResponse:
    """Its properties, products, groups, roles and members."""
    customer = get_customer(request.actor, customer_id)
    details = get_details(request.actor, customer_id, kind, object_id)
    shown = object_as_json(details.it, product_names(customer_id))
    rest = details.it.rest or {}
    context = {
        **directory_head(request, customer, kind.name),
        "title": str(details.it),
        "kind": kind,
        "list_name": f"directory_{kind.name}",
        "details": details,
        "subtitle": shown.get("user_principal_name") or shown.get("mail") or "",
        "it": details.it,
        "shown": shown,
        "rest": [(name, _words(rest[name])) for name in sorted(rest) if _is_told(name, rest)],
    }
    return render(request, "directory/object.html", context)


def _is_told(name: str, rest: dict[str, Any]) -> bool:
    return name not in _LEFT_OUT and rest[name] not in (None, "", [])


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    return str(value)
