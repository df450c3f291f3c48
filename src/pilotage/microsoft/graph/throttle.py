"""What all readers of one tenant share: when not to ask, how many may ask at once, what it costs.

Graph counts requests made inside a wait and prolongs it, so one 429 holds everybody back; and
after it they come back one by one. Source: https://learn.microsoft.com/graph/throttling
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Lock
from uuid import UUID

from pilotage.microsoft.graph.budget import (
    APPLICATION_RATE,
    PERIOD_SECONDS,
    SHARE,
    WARNING,
    Bucket,
    tenant_limit,
)
from pilotage.microsoft.graph.errors import Trace

# P22 of the promises: so many for any tenant. Only a large one gets more, while nothing speaks
# against it.
MAX_PARALLEL = 4
LARGE_TENANT = 5_000
STAGGER_SECONDS = 0.15


@dataclass
class Wait:
    """A wait that Graph asked for: its end, by which request, and how many readers it has sent to
    sleep. One of the application as a whole is shared by all its tenants.
    """

    until: float = 0.0
    cause: Trace | None = None
    sleepers: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def extend(self, until: float, cause: Trace | None) -> None:
        """Wait until then; a longer wait that is set already stays."""
        with self._lock:
            if until > self.until:
                self.until, self.cause, self.sleepers = until, cause, 0

    def queue_up(self) -> int:
        """Another reader sleeps; returns how many did before."""
        with self._lock:
            self.sleepers += 1
            return self.sleepers - 1


class TenantThrottle:
    """Shared by all clients of one tenant in this process; times are of a monotonic clock.

    `parallel` is how many requests may be under way at first. In a large tenant the number grows
    while answers come, and is cut by half by each wait that Graph asks for.
    """

    def __init__(
        self,
        *,
        parallel: int = MAX_PARALLEL,
        application: Bucket | None = None,
        wait_of_all: Wait | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._wait, self._wait_of_all = Wait(), wait_of_all or Wait()
        self._free = Condition()
        self._under_way = 0
        self._limit, self._most = parallel, parallel
        self._clean, self._calm_at = 0, 0.0
        rate = SHARE * tenant_limit(None) / PERIOD_SECONDS
        self._budget = Bucket(rate, rate * PERIOD_SECONDS, monotonic)
        self._application = application

    def know_size(self, users: int | None, most: int) -> None:
        """How large the tenant is, and how many requests at once the installation allows."""
        rate = SHARE * tenant_limit(users) / PERIOD_SECONDS
        self._budget.resize(rate, rate * PERIOD_SECONDS)
        with self._free:
            self._most = most if (users or 0) > LARGE_TENANT else min(most, MAX_PARALLEL)
            self._limit = min(self._limit, self._most)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the tenant's parallel requests."""
        with self._free:
            self._free.wait_for(lambda: self._under_way < self._limit)
            self._under_way += 1
        try:
            yield
        finally:
            with self._free:
                self._under_way -= 1
                self._free.notify()

    def reserve(self, units: float) -> float:
        """Take units out of the budgets; returns the seconds to wait before they may be spent."""
        own = self._budget.take(units)
        return max(own, self._application.take(units)) if self._application else own

    def give_back(self, units: float) -> None:
        """The request that units were reserved for was not made."""
        self._settle(-units)

    def spent(
        self, resource_units: float | None, share: float | None, reserved: float = 0.0
    ) -> None:
        """Told after each answer what it cost, and how much of the limit is used (0 to 1)."""
        if resource_units is not None:
            self._settle(resource_units - reserved)
        if share is not None and share >= WARNING:
            self._budget.slow_down()
        else:
            self._grow()

    def wait_for(self) -> float:
        """Seconds to wait before the next request, 0 for none; each caller gets another moment."""
        wait, remaining = self._longest()
        if remaining <= 0:
            return 0.0
        jitter = random.random() * STAGGER_SECONDS  # noqa: S311 - spreads load, guards nothing
        return remaining + wait.queue_up() * STAGGER_SECONDS + jitter

    def hold_back(self, seconds: float, cause: Trace | None = None) -> None:
        """Let nobody ask for `seconds` from now; a longer wait that is set already stays.

        `cause` is the request that was told so. When that was said to the application as a whole,
        no other tenant is asked either.
        """
        until = self._monotonic() + seconds
        is_of_all = cause is not None and cause.is_of_application
        (self._wait_of_all if is_of_all else self._wait).extend(until, cause)
        self._budget.slow_down()
        if is_of_all and self._application:
            self._application.slow_down()
        with self._free:
            self._limit, self._clean = max(1, self._limit // 2), 0
            self._calm_at = until + PERIOD_SECONDS

    def remaining(self) -> float:
        """Seconds until anybody may ask again."""
        return max(0.0, self._longest()[1])

    @property
    def cause(self) -> Trace | None:
        """The request because of which everybody waits."""
        return self._longest()[0].cause

    def _longest(self) -> tuple[Wait, float]:
        wait = max(self._wait, self._wait_of_all, key=lambda one: one.until)
        return wait, wait.until - self._monotonic()

    def _settle(self, units: float) -> None:
        self._budget.settle(units)
        if self._application:
            self._application.settle(units)

    def _grow(self) -> None:
        """Twice as many at once after as many good answers; one by one when there was trouble."""
        with self._free:
            self._clean += 1
            if self._limit >= self._most or self._clean < self._limit:
                return
            if self._calm_at == 0.0:
                self._limit, self._clean = min(self._most, self._limit * 2), 0
            elif self._monotonic() >= self._calm_at:
                self._limit, self._clean = self._limit + 1, 0
            self._free.notify_all()


_throttles: dict[tuple[str, UUID, str], TenantThrottle] = {}
_applications: dict[tuple[str, str], tuple[Bucket, Wait]] = {}
_throttles_lock = Lock()


def throttle_for(graph_url: str, tenant_id: UUID, client_id: str) -> TenantThrottle:
    """The throttle of this process for one tenant and application."""
    with _throttles_lock:
        rate = SHARE * APPLICATION_RATE
        bucket, wait = _applications.setdefault(
            (graph_url, client_id),
            (Bucket(rate, rate * PERIOD_SECONDS, time.monotonic), Wait()),
        )
        key = (graph_url, tenant_id, client_id)
        return _throttles.setdefault(key, TenantThrottle(application=bucket, wait_of_all=wait))
