"""The Operators page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.kernel.pagination import paginate
from pilotage.partners.queries import list_operators
from pilotage.web.request import PageRequest


@require_safe
def operators(request: PageRequest) -> HttpResponse:
    """Who may sign in, for which partner, and with which role."""
    rows = list_operators(request.actor)
    page = paginate(rows, order="name", cursor=request.GET.get("cursor", ""))
    context = {
        "title": "Operators",
        "operators": page.rows,
        "page": page,
        "several": len(request.actor.partner_ids) > 1,
    }
    return render(request, "operators/page.html", context)
