"""Users, groups and devices of a customer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pilotage.customers.queries import get_customer
from pilotage.directory.as_json import object_as_json
from pilotage.directory.list_objects import all_objects, count_objects, list_objects
from pilotage.directory.lists import USERS, Kind
from pilotage.directory.products import product_names
from pilotage.web.csv_answer import csv_answer
from pilotage.web.customers.customer_page import head
from pilotage.web.customers.list_page import count_words
from pilotage.web.directory.asked import address, wanted_of
from pilotage.web.request import PageRequest

TABS = ("users", "groups", "devices", "licences")
_PLAIN = {
    "users": (
        "id", "display_name", "user_principal_name", "mail", "account_enabled", "user_type",
        "department", "job_title", "country", "is_synced", "created_at", "last_used_at",
    ),
    "groups": (
        "id", "display_name", "mail", "kind", "is_dynamic", "visibility",
        "is_assignable_to_role", "is_synced", "created_at",
    ),
    "devices": (
        "id", "device_id", "display_name", "account_enabled", "operating_system",
        "operating_system_version", "joined_as", "is_compliant", "is_managed", "is_synced",
        "registered_at", "last_sign_in_at",
    ),
}  # fmt: skip


@require_safe
def directory_start(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """Where a directory begins: its users."""
    return redirect("directory_users", get_customer(request.actor, customer_id).id)


@require_safe
def directory_list(request: PageRequest, customer_id: UUID, kind: Kind) -> HttpResponse:
    """One page of a list, sorted by name."""
    found = get_customer(request.actor, customer_id)
    wanted = wanted_of(request.GET)
    cursor = request.GET.get("cursor", "")
    page = list_objects(request.actor, customer_id, kind, wanted, cursor=cursor)
    products = product_names(customer_id)
    query = address(wanted)
    # A page that is all there is has been counted by reading it.
    count = (
        count_objects(request.actor, customer_id, kind, wanted)
        if page.next or page.previous
        else len(page.rows)
    )
    context = {
        **directory_head(request, found, kind.name),
        "kind": kind,
        "wanted": wanted,
        "rows": page.rows,
        "products": products,
        "licence_name": products.get(wanted.licence, wanted.licence),
        "page": page,
        "base": f"?{query}&" if query else "?",
        "csv": f"{reverse(f'directory_{kind.name}_csv', args=[customer_id])}?{query}",
        "words": f"{count_words(count)} {kind.noun}{'' if count == 1 else 's'}",
        "cells": f"directory/_{kind.name}.html",
    }
    return render(request, "directory/list.html", context)


@require_safe
def directory_csv(request: PageRequest, customer_id: UUID, kind: Kind) -> StreamingHttpResponse:
    """All that the same address shows on its pages."""
    wanted, names = wanted_of(request.GET), _PLAIN[kind.name]
    products = product_names(customer_id)
    rows = all_objects(request.actor, customer_id, kind, wanted)
    heads = [*names, "licences"] if kind is USERS else list(names)
    return csv_answer(kind.name, heads, (_cells(row, names, products, kind) for row in rows))


def directory_head(request: PageRequest, customer: Any, tab: str) -> dict[str, Any]:
    """What stands above each page of the directory."""
    return {
        **head(request, customer, "directory"),
        "title": f"{tab.capitalize()} of {customer.organization_name}",
        "part": tab,
        "parts": [(name, name.capitalize(), f"directory_{name}") for name in TABS],
    }


def _cells(row: Any, names: tuple[str, ...], products: dict[str, str], kind: Kind) -> list[object]:
    found = object_as_json(row, products)
    cells = [found[name] for name in names]
    if kind is USERS:
        cells.append(", ".join(licence["name"] for licence in found["licences"]))
    return cells
