"""CSV of what is filtered, streamed."""

from collections.abc import Callable
from datetime import datetime

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from pilotage.customers.models import Customer
from pilotage.customers.queries import list_customers
from pilotage.kernel import clock
from pilotage.web.csv_answer import csv_answer
from pilotage.web.customers.asked import Asked
from pilotage.web.customers.rows import Row, status_words
from pilotage.web.request import PageRequest

_CHUNK = 500
_FIELDS: tuple[tuple[str, Callable[[Customer], object]], ...] = (
    ("id", lambda c: c.id),
    ("organization_name", lambda c: c.organization_name),
    ("domain", lambda c: Row(c).domain),
    ("notification_email", lambda c: c.notification_email),
    ("partner", lambda c: c.partner.name),
    ("status", lambda c: status_words(c)[0]),
    ("account_type", lambda c: c.account_type),
    ("sku", lambda c: c.sku.code),
    ("add_ons", lambda c: " ".join(sorted(a.code for a in c.add_ons.all()))),
    ("seats_used", lambda c: c.seats_used),
    ("seat_limit", lambda c: c.sku.seat_limit),
    ("expires_on", lambda c: clock.day_in(c.expires_at, c.partner.time_zone).isoformat()),
    ("expires_at", lambda c: _iso(c.expires_at)),
    ("source", lambda c: c.source),
    ("last_import_at", lambda c: _iso(c.last_import_at)),
    ("created_at", lambda c: _iso(c.created_at)),
)


@require_safe
def customers_csv(request: PageRequest) -> StreamingHttpResponse:
    """All customers that match the address, in its order."""
    asked = Asked.of(request.GET)
    rows = asked.narrow(list_customers(request.actor, pending=False)).order_by(asked.sort, "pk")
    lines = ([get(row) for _, get in _FIELDS] for row in rows.iterator(chunk_size=_CHUNK))
    return csv_answer("customers", [name for name, _ in _FIELDS], lines)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
