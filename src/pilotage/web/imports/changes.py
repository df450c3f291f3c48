"""What a run found to be different, against the run before it or another one."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.directory.products import product_names
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.compare import KINDS, Between, Change, compare, list_changes
from pilotage.imports.queries import list_runs
from pilotage.kernel.errors import invalid
from pilotage.web.imports.property_words import changed_properties
from pilotage.web.request import PageRequest

_PILLS = {"added": "ok", "changed": "accent", "removed": "bad", "restored": "warn"}
_EARLIER_SHOWN = 20


@require_safe
def import_changes(request: PageRequest, run_id: UUID) -> HttpResponse:
    """The objects that differ, with what was before and what is now."""
    collector, change = request.GET.get("collector", ""), request.GET.get("change", "")
    if collector and collector not in BY_NAME:
        raise invalid("collector", "There is no such collector. Choose one from the list.")
    between = compare(request.actor, run_id, _since(request))
    page = list_changes(
        between, collector=collector, change=change, cursor=request.GET.get("cursor", "")
    )
    kept = {"since": request.GET.get("since", ""), "collector": collector, "change": change}
    context = {
        "title": f"Changes of import {between.run.number}",
        "run": between.run,
        "customer": between.run.customer,
        "between": between,
        "earlier": list_runs(request.actor, between.run.customer_id).filter(
            number__lt=between.run.number
        )[:_EARLIER_SHOWN],
        "counts": _counts(between),
        "kinds": [(kind, kind.capitalize()) for kind in KINDS],
        "collector": collector,
        "change": change,
        "rows": _rows(between.run.customer_id, page.changes),
        "next": f"?{urlencode({**kept, 'cursor': page.next})}" if page.next else "",
    }
    return render(request, "imports/changes.html", context)


def _rows(customer_id: UUID, changes: Sequence[Change]) -> list[dict[str, Any]]:
    products = product_names(customer_id)
    return [
        {
            "it": it,
            "kind": _PILLS[it.change],
            "label": BY_NAME[it.collector].label,
            "properties": changed_properties(it.collector, it.details, products),
        }
        for it in changes
    ]


def _since(request: PageRequest) -> UUID | None:
    text = request.GET.get("since", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise invalid("since", "There is no such import. Choose one from the list.") from error


def _counts(between: Between) -> list[dict[str, Any]]:
    """One row for each collector that has something to tell."""
    names = [name for name in BY_NAME if name in between.counts or name in between.fresh]
    return [
        {
            "name": name,
            "label": BY_NAME[name].label,
            "fresh": between.fresh.get(name),
            "numbers": [
                (kind.title(), between.counts.get(name, {}).get(kind, 0)) for kind in KINDS
            ],
        }
        for name in names
    ]
