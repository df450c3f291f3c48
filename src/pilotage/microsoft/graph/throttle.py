"""What all readers of one tenant share: when not to ask, and how many may ask at once.

Graph counts requests made inside a wait and prolongs it, so one 429 holds everybody back; and
after it they come back one by one. Source: https://learn.microsoft.com/graph/throttling
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, Semaphore
from uuid import UUID

# P22 of the promises; a setting when parallel chains come.
MAX_PARALLEL = 4
STAGGER_SECONDS = 0.15


@dataclass
class _Wait:
    """One wait that Graph asked for: its end, and how many readers it has sent to sleep."""

    until: float = 0.0
    sleepers: int = 0


class TenantThrottle:
    """Shared by all clients of one tenant in this process; times are of a monotonic clock.

    The seam for budgets: a subclass with a bucket of resource units overrides `wait_for` and
    `spent`.
    """

    def __init__(
        self,
        *,
        parallel: int = MAX_PARALLEL,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._lock = Lock()
        self._wait = _Wait()
        self._slots = Semaphore(parallel)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold one of the tenant's parallel requests."""
        with self._slots:
            yield

    def wait_for(self) -> float:
        """Seconds to wait before the next request, 0 for none; each caller gets another moment."""
        with self._lock:
            remaining = self._wait.until - self._monotonic()
            if remaining <= 0:
                return 0.0
            place = self._wait.sleepers
            self._wait.sleepers += 1
        jitter = random.random() * STAGGER_SECONDS  # noqa: S311 - spreads load, guards nothing
        return remaining + place * STAGGER_SECONDS + jitter

    def hold_back(self, seconds: float) -> None:
        """Let nobody ask for `seconds` from now; a longer wait that is set already stays."""
        with self._lock:
            until = self._monotonic() + seconds
            if until > self._wait.until:
                self._wait = _Wait(until)

    def remaining(self) -> float:
        """Seconds until anybody may ask again."""
        with self._lock:
            return max(0.0, self._wait.until - self._monotonic())

    def spent(self, resource_units: float | None, share: float | None) -> None:
        """Told after each answer what it cost, and how much of the limit is used."""


_throttles: dict[tuple[str, UUID, str], TenantThrottle] = {}
_throttles_lock = Lock()


def throttle_for(graph_url: str, tenant_id: UUID, client_id: str) -> TenantThrottle:
    """The throttle of this process for one tenant and application."""
    with _throttles_lock:
        return _throttles.setdefault((graph_url, tenant_id, client_id), TenantThrottle())
