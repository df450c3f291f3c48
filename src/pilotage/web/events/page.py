"""The Audit log page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.customers.queries import names_of
from pilotage.events.catalogue import CATALOGUE
from pilotage.events.queries import list_events
from pilotage.kernel.errors import invalid
from pilotage.kernel.pagination import paginate
from pilotage.web.request import PageRequest


@require_safe
def event_log(request: PageRequest) -> HttpResponse:
    """Who did what and when, newest first; of one kind, if asked for."""
    name = request.GET.get("name", "")
    if name and name not in CATALOGUE:
        raise invalid("name", "There is no such kind of event. Choose one from the list.")
    page = paginate(
        list_events(request.actor, name=name), order="-at", cursor=request.GET.get("cursor", "")
    )
    names = names_of(request.actor, {e.customer_id for e in page.rows if e.customer_id})
    context = {
        "title": "Audit log",
        "events": page.rows,
        "customer_names": names,
        "page": page,
        "kinds": sorted(CATALOGUE.items(), key=lambda item: item[1].label),
        "name": name,
        "base": f"?name={name}&" if name else "?",
    }
    return render(request, "events/page.html", context)
