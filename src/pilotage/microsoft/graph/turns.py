"""When the next request may go out: waits, naps and being told to stop."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from pilotage.kernel import clock
from pilotage.microsoft.errors import Cancelled
from pilotage.microsoft.graph.errors import ApplicationThrottled, Throttled, Trace
from pilotage.microsoft.graph.throttle import TenantThrottle

ATTEMPTS = 5
# A wait up to this is slept through, a longer one is raised.
WAIT_LIMIT_SECONDS = 5.0
_BACKOFF_SECONDS, _BACKOFF_CAP_SECONDS = 0.5, 8.0
_NAP_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Hooks:
    """What an import run lends: sleeping, and being told from outside to stop."""

    sleep: Callable[[float], None] = time.sleep
    cancelled: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True, slots=True)
class Turns:
    """One reader's view of its tenant's throttle; `wait_limit` in seconds."""

    throttle: TenantThrottle
    hooks: Hooks
    wait_limit: float

    def take(self, trace: Trace) -> None:
        """Sleep through the tenant's wait; raises Throttled when it is longer than the limit."""
        self._require_going()
        while (remaining := self.throttle.remaining()) > 0:
            if remaining > self.wait_limit:
                raise self.throttled(trace)
            self.pause(self.throttle.wait_for())

    def pause(self, seconds: float) -> None:
        """Sleep in naps; raises Cancelled as soon as the run is told to stop."""
        self._require_going()
        while seconds > 0:
            nap = min(seconds, _NAP_SECONDS)
            self.hooks.sleep(nap)
            seconds -= nap
            self._require_going()

    def hold_back(self, wait: float | None, attempt: int, cause: Trace) -> None:
        """Keep every reader of the tenant from asking, as long as Graph wants or as is customary.

        "Retry-After: 0" counts as none: asking at once is what led here. `cause` is the request
        that was told so: the others, which are not even sent, name its ids.
        """
        self.throttle.hold_back(wait or backoff(attempt + 1), cause)

    def throttled(self, trace: Trace) -> Throttled:
        """The error that says until when the tenant has to wait."""
        until = clock.now() + timedelta(seconds=self.throttle.remaining())
        told = self.throttle.cause or trace
        return (ApplicationThrottled if told.is_of_application else Throttled)(until, trace=told)

    def _require_going(self) -> None:
        if self.hooks.cancelled():
            raise Cancelled


def backoff(attempt: int) -> float:
    """Seconds before the next try: exponential, and somewhere between nothing and all of it.

    Full jitter spreads those who failed together. Source: AWS Architecture Blog, "Exponential
    Backoff And Jitter".
    """
    longest = min(_BACKOFF_CAP_SECONDS, _BACKOFF_SECONDS * 2.0**attempt)
    return random.uniform(0.05, longest)  # noqa: S311 - spreads load, guards nothing
