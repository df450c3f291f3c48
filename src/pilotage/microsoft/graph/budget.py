"""What Graph lets an application spend, as buckets that are never quite emptied.

Graph counts a directory request in resource units, per application and tenant by the tenant's
size, and per application over all tenants. Who stays below the limit is not told to wait at all.
Source: https://learn.microsoft.com/graph/throttling-limits (identity and access).
"""

import re
from collections.abc import Callable
from threading import Lock

# Users below a bound, and the units that ten seconds bring.
_SIZES = ((50, 3_500), (500, 5_000))
_LARGEST = 8_000
PERIOD_SECONDS = 10.0
# Everybody's requests of one application, in units a second.
APPLICATION_RATE = 150_000 / 20.0
# What is left to others, and to our own guesses being wrong.
SHARE = 0.8
# Graph begins to warn at four fifths of the limit (x-ms-throttle-limit-percentage).
WARNING = 0.8

# The part of a path that decides what a request costs, dearest first, and its base cost.
_COSTS: tuple[tuple["re.Pattern[str]", int], ...] = (
    (re.compile(r"/transitiveMember(s|Of)"), 5),
    (re.compile(r"/domainNameReferences"), 4),
    (re.compile(r"/(members|subscribedSkus|getByIds)\b"), 3),
    (re.compile(r"/(users|applications|oauth2PermissionGrants|appRoleAssign\w+)\b"), 2),
)


class Bucket:
    """Units that come back with time; `rate` in units a second, at most `size` of them saved up."""

    def __init__(self, rate: float, size: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = Lock()
        self._rate, self._size = rate, size
        self._units, self._at = size, monotonic()
        self._slow_until = 0.0

    def resize(self, rate: float, size: float) -> None:
        """Another limit holds from now on."""
        with self._lock:
            self._refill()
            self._units += size - self._size
            self._rate, self._size = rate, size

    def take(self, units: float) -> float:
        """Spend units that are there or will come; returns the seconds to wait until they have."""
        with self._lock:
            self._refill()
            self._units -= units
            return max(0.0, -self._units / self._speed())

    def settle(self, units: float) -> None:
        """What was taken turned out to be `units` too little, or too much when negative."""
        with self._lock:
            self._units = min(self._size, self._units - units)

    def slow_down(self) -> None:
        """Come back at half the speed for a while: the limit is near, or was hit."""
        with self._lock:
            self._refill()
            self._slow_until = self._monotonic() + PERIOD_SECONDS

    def _refill(self) -> None:
        now = self._monotonic()
        self._units = min(self._size, self._units + (now - self._at) * self._speed())
        self._at = now

    def _speed(self) -> float:
        return self._rate / 2 if self._monotonic() < self._slow_until else self._rate


def tenant_limit(users: int | None) -> int:
    """Units in ten seconds for a tenant with so many users; an unknown one counts as large."""
    if users is None:
        return _LARGEST
    return next((units for bound, units in _SIZES if users < bound), _LARGEST)


def cost_of(url: str, body: bytes | None) -> float:
    """What a request will cost at least, in units; the answer then says it exactly.

    A batch costs what its items cost; each of them asks for few properties here, so one unit.
    """
    path, _, query = url.partition("?")
    if path.endswith("/$batch"):
        return float((body or b"").count(b'"method"'))
    base = next((cost for pattern, cost in _COSTS if pattern.search(path)), 1)
    if "$expand" in query:
        base += 1
    return float(max(1, base - ("$select" in query)))
