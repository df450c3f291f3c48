"""Microsoft Graph's limits for directory objects: resource units in ten seconds.

Costs and limits: learn.microsoft.com/graph/throttling-limits, "Identity and access".
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import NamedTuple

WINDOW_SECONDS = 10.0
_COSTS = {
    "users": 2,
    "applications": 2,
    "subscribedSkus": 3,
    "getByIds": 3,
    "members": 3,
    "transitiveMembers": 5,
    "appRoleAssignments": 2,
    "domainNameReferences": 4,
    "oauth2PermissionGrants": 2,
}


def capacity(users: int) -> int:
    """Units in a window for a tenant of small (under 50), medium or large (over 500) size."""
    if users < 50:
        return 3500
    return 5000 if users <= 500 else 8000


def cost(segments: list[str], query: dict[str, str]) -> int:
    """The units one request costs, never below 1."""
    plain = [segment for segment in segments if not segment.startswith("microsoft.graph.")]
    named = next((segment for segment in reversed(plain) if segment in _COSTS), "")
    is_cheap = (named == "users" and len(plain) > 1) or (
        named == "members" and plain[0] != "groups"
    )
    units = 1 if is_cheap or not named else _COSTS[named]
    units -= "$select" in query
    units += "$expand" in query
    units -= "$top" in query and query["$top"].isdigit() and int(query["$top"]) < 20
    return max(1, units)


class Verdict(NamedTuple):
    """`retry_after` None: go on. `percentage` of the window's units used so far."""

    retry_after: int | None
    percentage: float
    is_early: bool


@dataclass(slots=True)
class _Bucket:
    units: float
    at: float


class Throttle:
    """A bucket of units for each application in each tenant, and the waits it was told."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._told_until: dict[tuple[str, str], float] = {}

    def spend(self, tenant_id: str, client_id: str, units: int, limit: int) -> Verdict:
        """Take units from the bucket. A request during the wait makes the wait longer."""
        now = time.monotonic()
        bucket = self._buckets.setdefault((tenant_id, client_id), _Bucket(limit, now))
        refilled = bucket.units + (now - bucket.at) * limit / WINDOW_SECONDS
        bucket.units, bucket.at = min(float(limit), refilled) - units, now
        is_early = self.is_early(tenant_id, client_id)
        if bucket.units >= 0:
            return Verdict(None, 1 - bucket.units / limit, is_early)
        bucket.units = max(bucket.units, -float(limit))
        wait = max(1, round(-bucket.units / limit * WINDOW_SECONDS + 0.5))
        self.told(tenant_id, client_id, wait)
        return Verdict(wait, 1 - bucket.units / limit, is_early)

    def told(self, tenant_id: str, client_id: str, seconds: float) -> None:
        """Remember that the application was told to wait."""
        self._told_until[tenant_id, client_id] = time.monotonic() + seconds

    def is_early(self, tenant_id: str, client_id: str) -> bool:
        """Whether the application was told to wait and did not."""
        return time.monotonic() < self._told_until.get((tenant_id, client_id), 0.0)
