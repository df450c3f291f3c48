"""The Catalogue page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.catalog.queries import list_skus
from pilotage.customers.queries import count_by_sku
from pilotage.web.request import PageRequest


@require_safe
def catalogue(request: PageRequest) -> HttpResponse:
    """The SKUs with the add-ons that fit, and how many customers have each."""
    counts = count_by_sku(request.actor)
    skus = [(sku, counts.get(sku.id, 0)) for sku in list_skus(request.actor)]
    return render(request, "catalogue/page.html", {"title": "Catalogue", "skus": skus})
