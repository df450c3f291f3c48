"""The Customers tab."""

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.catalog.queries import list_skus
from pilotage.customers.filters import SORTABLE
from pilotage.customers.queries import list_customers
from pilotage.kernel.pagination import COUNT_CAP, capped_count, paginate
from pilotage.web.customers.asked import COLUMNS, EXPIRES, STATUSES, USUAL_COLUMNS, Asked, Option
from pilotage.web.customers.rows import Row
from pilotage.web.request import PageRequest

PAGE_SIZE = 50
_REMEMBER = 365 * 24 * 3600


@require_safe
def customers(request: PageRequest) -> HttpResponse:
    """Organizations with status, plan, seats and end; all of it in a fixed number of queries."""
    asked = Asked.of(request.GET, columns=request.COOKIES.get("columns", ""))
    everyone = list_customers(request.actor, pending=False)
    rows = asked.narrow(everyone)
    page = paginate(rows, order=asked.sort, cursor=asked.cursor, size=PAGE_SIZE)
    total = capped_count(everyone)
    found = capped_count(rows) if asked.is_narrowed else total
    context = {
        "title": "Customers",
        "tab": "customers",
        "rows": [Row(customer) for customer in page.rows],
        "page": page,
        "count": count_words(total),
        "pending_count": count_words(capped_count(list_customers(request.actor, pending=True))),
        "words": found_words(found, asked),
        "filters": usual_filters(request, asked),
        **tool_bar(asked),
    }
    answer = render(request, "customers/list.html", context)
    return remembering(request, answer, asked)


def usual_filters(request: PageRequest, asked: Asked) -> list[dict[str, Any]]:
    """Status, SKU and end date."""
    return [
        offered_filter("status", "Status", "circle-dot", STATUSES, asked.status),
        offered_filter("sku", "SKU", "package", sku_options(request), asked.sku),
        offered_filter("expires", "Expires", "calendar-clock", EXPIRES, asked.expires),
    ]


def sku_options(request: PageRequest) -> list[Option]:
    """The SKUs that the actor's catalogue has."""
    return [Option(sku.code, sku.name) for sku in list_skus(request.actor)]


def tool_bar(asked: Asked) -> dict[str, Any]:
    """What stands around a list: columns, and the addresses for sorting and further pages."""
    base = asked.address()
    return {
        "asked": asked,
        "columns": asked.columns,
        "column_options": _chosen(COLUMNS, asked.columns),
        "sorts": {name: _sort(asked, name) for name in SORTABLE},
        "base": f"?{base}&" if base else "?",
        "query": base,
    }


def count_words(count: int) -> str:
    """A capped count, e.g. "128" or "1,000+"."""
    return f"{count:,}+" if count >= COUNT_CAP else f"{count:,}"


def found_words(count: int, asked: Asked) -> str:
    """How many rows there are in all, or match."""
    noun = "customer" if count == 1 else "customers"
    return f"{count_words(count)} {noun}{' found' if asked.is_narrowed else ''}"


def remembering(request: PageRequest, answer: HttpResponse, asked: Asked) -> HttpResponse:
    """Keep the chosen columns in a cookie, and the address free of what is usual."""
    if "columns" in request.GET:
        is_usual = set(asked.columns) == set(USUAL_COLUMNS)
        answer.set_cookie(
            "columns",
            ".".join(asked.columns),
            max_age=0 if is_usual else _REMEMBER,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    if request.htmx:
        query = asked.address(cursor=asked.cursor)
        answer.headers["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return answer


def _chosen(options: Iterable[Option], values: Collection[str]) -> list[Option]:
    return [Option(o.value, o.label, o.icon, o.value in values) for o in options]


def offered_filter(
    name: str, label: str, icon: str, options: Iterable[Option], value: str
) -> dict[str, Any]:
    """One filter with its options, the chosen one marked."""
    marked = _chosen(options, [value] if value else [])
    chosen = next((o.label for o in marked if o.is_chosen), "")
    return {"name": name, "label": label, "icon": icon, "options": marked, "chosen": chosen}


def _sort(asked: Asked, name: str) -> dict[str, str]:
    direction = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
    target = f"-{name}" if direction == "ascending" else name
    return {"direction": direction, "address": "?" + asked.address(sort=target)}
