"""Narrowing a list of customers, for page, API and command line alike."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from pilotage.customers.lifecycle import Status
from pilotage.customers.models import AccountType, Customer, Source, TenantConnection
from pilotage.kernel.errors import invalid

SORTABLE = ("organization_name", "expires_at", "created_at", "seats_used")
EXPIRES = ("past", "7", "14", "30", "90")


def narrowed(
    rows: QuerySet[Customer],
    *,
    now: datetime,
    search: str = "",
    status: str = "",
    account_type: str = "",
    source: str = "",
    sku: str = "",
    expires: str = "",
) -> QuerySet[Customer]:
    """The rows that match all that is given; empty means all.

    `search` looks into name, notification email and domain; `sku` is a code; `expires` is a number
    of days from now within which the account ends, or "past". Raises Invalid for a status, account
    type, source or `expires` that does not exist.
    """
    if search:
        rows = rows.filter(_search(search))
    if status:
        rows = rows.filter(_status(status, now))
    if account_type:
        rows = rows.filter(account_type=_one_of("account_type", account_type, AccountType.values))
    if source:
        rows = rows.filter(source=_one_of("source", source, Source.values))
    if expires:
        rows = rows.filter(_expires(expires, now))
    return rows.filter(sku__code=sku) if sku else rows


def check_sort(order: str) -> str:
    """`order` itself ("expires_at", or "-expires_at" for descending); raises Invalid."""
    _one_of("sort", order.removeprefix("-"), list(SORTABLE))
    return order


def _search(text: str) -> Q:
    domains = TenantConnection.objects.filter(
        customer=OuterRef("pk"), released_at=None, default_domain__icontains=text
    )
    by_name = Q(organization_name__icontains=text) | Q(notification_email__icontains=text)
    return by_name | Q(Exists(domains))


def _status(status: str, now: datetime) -> Q:
    _one_of("status", status, [s.value for s in Status])
    if status == Status.TERMINATED:
        return Q(terminated_at__isnull=False)
    if status == Status.SUSPENDED:
        return Q(terminated_at=None) & ~Q(suspended_reasons=[])
    running = Q(terminated_at=None, suspended_reasons=[])
    return running & (Q(expires_at__lte=now) if status == Status.EXPIRED else Q(expires_at__gt=now))


def _expires(within: str, now: datetime) -> Q:
    _one_of("expires", within, list(EXPIRES))
    if within == "past":
        return Q(expires_at__lte=now)
    return Q(expires_at__gt=now, expires_at__lte=now + timedelta(days=int(within)))


def _one_of(field: str, value: str, known: list[str]) -> str:
    if value not in known:
        raise invalid(field, f"Choose one of: {', '.join(known)}.")
    return value
