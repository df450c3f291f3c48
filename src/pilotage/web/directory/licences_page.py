"""What a customer has bought at Microsoft, and what of it is wasted."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pilotage.customers.queries import get_customer
from pilotage.directory.as_json import licence_as_json
from pilotage.directory.licences import insights, list_licences
from pilotage.directory.lists.users import UNUSED_DAYS
from pilotage.directory.seats import list_seats
from pilotage.partners.counting_rule import get_counting_rule
from pilotage.web.csv_answer import csv_answer
from pilotage.web.directory.list_page import directory_head
from pilotage.web.directory.seats_chart import seats_chart
from pilotage.web.request import PageRequest

_PLAIN = (
    "sku_id", "sku_part_number", "name", "status", "costs_nothing", "bought", "assigned", "free",
    "in_warning", "on_disabled",
)  # fmt: skip


@require_safe
def directory_licences(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The products with what is assigned of them, and what could be saved."""
    customer = get_customer(request.actor, customer_id)
    licences = list_licences(request.actor, customer_id)
    context = {
        **directory_head(request, customer, "licences"),
        "licences": licences,
        "insights": insights(request.actor, customer_id, licences),
        "seats": seats_chart(list_seats(request.actor, customer_id)),
        "rule": get_counting_rule(request.actor, customer.partner_id),
    }
    return render(request, "directory/licences.html", context)


@require_safe
def directory_insights(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The figures alone, for the customer's page, which does not wait for them.

    Whoever opens the address gets the page that has them.
    """
    customer = get_customer(request.actor, customer_id)
    if not request.htmx:
        return redirect("directory_licences", customer.id)
    context = {
        "customer": customer,
        "insights": insights(request.actor, customer_id),
    }
    return render(request, "directory/_insights.html", context)


@require_safe
def directory_licences_csv(request: PageRequest, customer_id: UUID) -> StreamingHttpResponse:
    """The same as a file."""
    rows = [licence_as_json(one) for one in list_licences(request.actor, customer_id)]
    heads = [*_PLAIN, *(f"unused_{days}" for days in UNUSED_DAYS)]
    lines = (
        [*(row[name] for name in _PLAIN), *(row["unused"].get(str(days)) for days in UNUSED_DAYS)]
        for row in rows
    )
    return csv_answer("licences", heads, lines)
