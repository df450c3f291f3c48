"""The Pending customers tab, live."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.models import Customer
from pilotage.customers.queries import list_customers
from pilotage.kernel import clock
from pilotage.kernel.pagination import capped_count, paginate
from pilotage.onboarding.pending_filters import LABELS, in_step
from pilotage.web.customers.asked import Asked, Option
from pilotage.web.customers.list_page import (
    count_words,
    found_words,
    offered_filter,
    remembering,
    sku_options,
    tool_bar,
)
from pilotage.web.customers.pending_rows import PendingRow, pending_rows
from pilotage.web.customers.picked import picked_ids
from pilotage.web.request import PageRequest

PAGE_SIZE = 50
NEWEST_FIRST = "-created_at"
_STEPS = [Option(value, label) for value, label in LABELS.items()]


@require_safe
def pending_customers(request: PageRequest) -> HttpResponse:
    """Everybody between Add customer and the end of the first import."""
    asked = Asked.of(request.GET, sort=NEWEST_FIRST)
    everyone = list_customers(request.actor, pending=True)
    rows = _narrowed(everyone, asked)
    page = paginate(rows, order=asked.sort, cursor=asked.cursor, size=PAGE_SIZE)
    total = capped_count(everyone)
    shown = pending_rows(request.actor, page.rows)
    context = {
        "title": "Pending customers",
        "tab": "pending",
        "rows": shown,
        "page": page,
        "live": live_address(shown, asked),
        "count": count_words(capped_count(list_customers(request.actor, pending=False))),
        "pending_count": count_words(total),
        "words": found_words(capped_count(rows) if asked.is_narrowed else total, asked),
        "filters": [
            offered_filter("step", "Onboarding", "route", _STEPS, asked.step),
            offered_filter("sku", "SKU", "package", sku_options(request), asked.sku),
        ],
        **tool_bar(asked),
    }
    return remembering(request, render(request, "customers/pending.html", context), asked)


@require_safe
def pending_live(request: PageRequest) -> HttpResponse:
    """The cells of the shown rows that may have changed, which rows have left, and all counts.

    A row leaves when its customer is on board, or no longer in what is searched and filtered. The
    answer carries the next poll only while something moves.
    """
    ids, asked = picked_ids(request.GET), Asked.of(request.GET, sort=NEWEST_FIRST)
    everyone, settled = (list_customers(request.actor, pending=is_it) for is_it in (True, False))
    matching = _narrowed(everyone, asked)
    rows = pending_rows(request.actor, list(matching.filter(id__in=ids)))
    total = capped_count(everyone)
    found = capped_count(matching) if asked.is_narrowed else total
    context = {
        "tab": "pending",
        "asked": asked,
        "rows": rows,
        "live": live_address(rows, asked),
        "gone": _gone(ids, rows),
        "moved": settled.filter(id__in=ids),
        "found": found,
        "words": found_words(found, asked),
        "count": count_words(capped_count(settled)),
        "pending_count": count_words(total),
    }
    return render(request, "customers/_pending_live.html", context)


def live_address(rows: list[PendingRow], asked: Asked) -> str:
    """The query of the next poll: all shown rows, and the filters; empty when nothing moves."""
    if not any(row.is_moving for row in rows):
        return ""
    ids = [f"ids={row.customer.id}" for row in rows]
    return "&".join([*ids, asked.address()] if asked.is_narrowed else ids)


def _narrowed(pending: QuerySet[Customer], asked: Asked) -> QuerySet[Customer]:
    return in_step(asked.narrow(_with_onboarding(pending)), asked.step, clock.now())


def _with_onboarding(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    return customers.select_related("onboarding", "activation_link")


def _gone(ids: list[UUID], rows: list[PendingRow]) -> list[UUID]:
    left = {row.customer.id for row in rows}
    return [customer_id for customer_id in ids if customer_id not in left]
