"""Which accounts end soon: for the overview's picture and list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from pilotage.customers.models import AccountType, Customer
from pilotage.customers.queries import list_customers
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor

WEEKS = 12


@dataclass(frozen=True, slots=True)
class WeekOfEnds:
    """How many accounts end in the week that begins on `monday`."""

    monday: date
    trials: int = 0
    production: int = 0


def running_customers(actor: Actor) -> QuerySet[Customer]:
    """Those of the Customers tab that neither expired nor were suspended or terminated."""
    rows = list_customers(actor, pending=False)
    return rows.filter(expires_at__gt=clock.now(), terminated_at=None, suspended_reasons=[])


def ends_by_week(actor: Actor) -> list[WeekOfEnds]:
    """This week and the eleven after it, in the active time zone; one query."""
    first = _monday(clock.now())
    until = clock.now() + timedelta(weeks=WEEKS)
    counted = (
        running_customers(actor)
        .filter(expires_at__lt=until)
        .order_by()
        .annotate(week=TruncWeek("expires_at"))
        .values("week")
        .annotate(
            trials=Count("id", filter=Q(account_type=AccountType.TRIAL)),
            production=Count("id", filter=Q(account_type=AccountType.PRODUCTION)),
        )
    )
    found = {row["week"].date(): row for row in counted}
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return [
        WeekOfEnds(monday, found[monday]["trials"], found[monday]["production"])
        if monday in found
        else WeekOfEnds(monday)
        for monday in mondays
    ]


def next_to_end(actor: Actor, limit: int) -> list[Customer]:
    """The customers whose account ends first."""
    return list(running_customers(actor).order_by("expires_at", "id")[:limit])


def _monday(moment: datetime) -> date:
    today = timezone.localdate(moment)
    return today - timedelta(days=today.weekday())
