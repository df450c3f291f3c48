"""The Overview page."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.ends_ahead import ends_by_week, next_to_end
from pilotage.customers.queries import list_customers, names_of
from pilotage.events.queries import list_events
from pilotage.kernel import clock
from pilotage.onboarding.certificate_expiry import expiring_certificate, words_of
from pilotage.onboarding.funnel import funnel
from pilotage.web.customers.rows import Row
from pilotage.web.overview.attention import attention
from pilotage.web.overview.charts import ends_chart, funnel_chart
from pilotage.web.request import PageRequest

FUNNEL_DAYS = 90
_ROWS = 6


@require_safe
def overview(request: PageRequest) -> HttpResponse:
    """What needs attention, how onboarding goes, what ends soon, what happened."""
    actor = request.actor
    events = list(list_events(actor).filter(customer_id__isnull=False)[:_ROWS])
    stages = funnel(actor, clock.now() - timedelta(days=FUNNEL_DAYS))
    weeks = ends_by_week(actor)
    ending = expiring_certificate(actor)
    context = {
        "title": "Overview",
        "attention": attention(actor),
        "certificate": words_of(ending.not_after) if ending else "",
        "funnel": funnel_chart(stages),
        "funnel_days": FUNNEL_DAYS,
        "ends": ends_chart(weeks),
        "next": [Row(customer) for customer in next_to_end(actor, _ROWS)],
        "events": events,
        "customer_names": names_of(actor, {e.customer_id for e in events if e.customer_id}),
        "is_new": not list_customers(actor).exists(),
    }
    return render(request, "overview/page.html", context)
