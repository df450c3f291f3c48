"""CSV of what is filtered, streamed."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from pilotage.customers.models import Customer
from pilotage.customers.queries import list_customers
from pilotage.kernel import clock
from pilotage.web.customers.asked import Asked
from pilotage.web.customers.rows import Row, status_words
from pilotage.web.request import PageRequest

_CHUNK = 500
# A cell that begins like this would be a formula in Excel and its kin (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
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


class _Line:
    """What csv.writer writes to: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


@require_safe
def customers_csv(request: PageRequest) -> StreamingHttpResponse:
    """All customers that match the address, in its order."""
    asked = Asked.of(request.GET)
    rows = asked.narrow(list_customers(request.actor, pending=False)).order_by(asked.sort, "pk")
    name = f"customers-{clock.now():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _lines(rows.iterator(chunk_size=_CHUNK)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(customers: Iterator[Customer]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # Without the mark Excel takes UTF-8 for the local code page.
    yield "\ufeff" + writer.writerow([name for name, _ in _FIELDS])
    for customer in customers:
        yield writer.writerow([safe_cell(get(customer)) for _, get in _FIELDS])


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    # What is not seen in front of a formula does not keep a spreadsheet from taking it.
    seen = text.lstrip("\u200b\u200c\u200d\u2060\ufeff \u00a0\u3000")
    return f"'{text}" if seen.startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
