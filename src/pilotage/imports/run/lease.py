"""Who may write for a run: a lease by the database's clock, and a number that fences off the rest.

A worker that was paused, or cut off, and comes back finds that the number is no longer its own;
its page is rolled back. Source: Kleppmann, "How to do distributed locking" (fencing tokens).
"""

import os
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from pilotage.customers.errors import CustomerSuspended, CustomerTerminated
from pilotage.imports.errors import CustomerExpired
from pilotage.imports.models import ImportRun, RunState, WaitingReason
from pilotage.imports.models.import_run import LEASE_SECONDS
from pilotage.imports.run.stops import CustomerRests, LeaseLost
from pilotage.kernel import clock

Values = dict[str, str | int | float | UUID | datetime]

_TAKE = """
    update imports_importrun r
    set state = 'running', owner = %(owner)s, fence = r.fence + 1,
        lease_until = clock_timestamp() + %(seconds)s * interval '1 second',
        idle_starts = r.idle_starts + 1, waiting_reason = '', waiting_until = null,
        started_at = coalesce(r.started_at, %(now)s)
    from (select id, state, started_at from imports_importrun where id = %(run)s for update) old
    where r.id = old.id and (
        old.state = 'queued'
        or (old.state = 'waiting' and r.waiting_until <= clock_timestamp())
        or (old.state = 'running' and r.lease_until < clock_timestamp())
    )
    returning r.fence, old.state, old.started_at is null, r.idle_starts
"""
# Returns a row if the lease still holds, with what the customer's account says.
RENEW = """
    update imports_importrun r
    set lease_until = clock_timestamp() + %(seconds)s * interval '1 second',
        idle_starts = case when %(is_page)s then 0 else r.idle_starts end,
        resource_units = r.resource_units + %(units)s
    from customers_customer c
    where c.id = r.customer_id and r.id = %(run)s and r.fence = %(fence)s and r.state = 'running'
    returning c.terminated_at is not null, cardinality(c.suspended_reasons) > 0,
              c.expires_at <= %(now)s
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """One worker's right to write for a run.

    `is_first`: nobody has begun it before. `is_rescue`: the worker before has vanished.
    `idle_starts` counts beginnings without a page, this one included.
    """

    run_id: UUID
    fence: int
    is_first: bool
    is_rescue: bool
    idle_starts: int

    def renew(self, *, units: float = 0.0) -> None:
        """Hold the lease on; inside a transaction it also locks the run until the commit.

        Raises LeaseLost, and CustomerRests when the customer may not be imported any more.
        """
        with connection.cursor() as cursor:
            cursor.execute(RENEW, self.values(is_page=False, units=units))
            found = cursor.fetchone()
        self.check(found)

    def tell_throttled(self, until: datetime | None) -> None:
        """Let the record say that Microsoft has asked for a short wait; None: that it is over."""
        mine = ImportRun.objects.filter(id=self.run_id, fence=self.fence, state=RunState.RUNNING)
        reason = WaitingReason.THROTTLED if until else ""
        mine.update(waiting_reason=reason, waiting_until=until)

    def values(self, *, is_page: bool, units: float) -> Values:
        """What `RENEW` is executed with."""
        return {
            "run": self.run_id, "fence": self.fence, "seconds": LEASE_SECONDS,
            "is_page": is_page, "units": units, "now": clock.now(),
        }  # fmt: skip

    def check(self, found: tuple[Any, ...] | None) -> None:
        """Judge what `RENEW` has returned; raises what `renew` raises."""
        if found is None:
            raise LeaseLost
        is_terminated, is_suspended, is_expired = found[:3]
        if is_terminated:
            raise CustomerRests(CustomerTerminated())
        if is_suspended:
            raise CustomerRests(CustomerSuspended())
        if is_expired:
            raise CustomerRests(CustomerExpired())


def take_lease(run_id: UUID) -> Lease | None:
    """Begin or go on with a run; None if it has ended, has to wait, or somebody is at it."""
    owner = f"{socket.gethostname()}:{os.getpid()}"[:120]
    values: Values = {"run": run_id, "owner": owner, "seconds": LEASE_SECONDS, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        found = cursor.fetchone()
    if found is None:
        return None
    fence, before, is_first, idle_starts = found
    return Lease(run_id, fence, is_first, before == "running", idle_starts)
