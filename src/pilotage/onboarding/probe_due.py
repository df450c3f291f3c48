"""The daily look at every live connection, spread over the day."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from pilotage.customers.models import TenantConnection
from pilotage.customers.probe_times import next_daily
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.probe import probe

# Less than the five minutes between two rounds.
LONGEST = timedelta(minutes=4)


def probe_due(actor: Actor, *, should_stop: Callable[[], bool]) -> int:
    """Look at what is due, the longest due first, for at most four minutes; returns how many."""
    _give_moments()
    end, looked = clock.now() + LONGEST, 0
    due = _resting_excluded(clock.now()).filter(probe_due_at__lte=clock.now())
    for customer_id in list(due.order_by("probe_due_at").values_list("customer_id", flat=True)):
        if should_stop() or clock.now() > end:
            break
        probe(actor, customer_id)
        looked += 1
    return looked


def _give_moments() -> None:
    """Connections from before there were looks come in at their own moment, not all at once."""
    now = clock.now()
    for connection in TenantConnection.objects.filter(released_at=None, probe_due_at=None):
        connection.probe_due_at = next_daily(connection.customer_id, now)
        connection.save(update_fields=["probe_due_at"])


def _resting_excluded(now: datetime) -> QuerySet[TenantConnection]:
    """Like the imports, the looks rest for who is suspended, expired or terminated."""
    live = TenantConnection.objects.filter(released_at=None, customer__terminated_at=None)
    is_running = Q(customer__suspended_reasons=[]) & Q(customer__expires_at__gt=now)
    return live.filter(is_running, customer__onboarding_canceled_at=None)
