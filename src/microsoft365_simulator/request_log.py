"""The last requests and counters of all, without tokens."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
from typing import NamedTuple

from microsoft365_simulator import clock

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_SECRET = re.compile(r"((?:code|state|id_token|client_secret|client_assertion)=)[^&]+")


class Entry(NamedTuple):
    """One request; `milliseconds` until the answer was ready, `units` as Graph counts them."""

    at: str
    method: str
    target: str
    status: int
    milliseconds: float
    tenant_id: str | None
    client_id: str | None
    request_id: str
    units: int
    faults: list[str]
    is_early: bool
    in_batch: bool


class RequestLog:
    """Keeps the last few hundred requests, and counts all of them."""

    def __init__(self, keep: int = 500) -> None:
        self._entries: deque[Entry] = deque(maxlen=keep)
        self.clear()

    def clear(self) -> None:
        self._entries.clear()
        self._paths: Counter[tuple[str | None, str]] = Counter()
        self._statuses: Counter[tuple[str | None, int]] = Counter()
        self._units: Counter[str | None] = Counter()
        self._throttled: Counter[str | None] = Counter()
        self._early: Counter[str | None] = Counter()
        self._since = clock.login_time()

    def add(
        self,
        *,
        method: str,
        target: str,
        status: int,
        started: float,
        tenant_id: str | None,
        client_id: str | None,
        request_id: str,
        units: int = 0,
        faults: list[str] | None = None,
        is_early: bool = False,
        in_batch: bool = False,
    ) -> None:
        milliseconds = round((time.perf_counter() - started) * 1000, 2)
        self._entries.append(
            Entry(
                clock.graph_time(),
                method,
                _SECRET.sub(r"\1…", target)[:2000],
                status,
                milliseconds,
                tenant_id,
                client_id,
                request_id,
                units,
                faults or [],
                is_early,
                in_batch,
            )
        )
        path = _ID.sub("{id}", target.partition("?")[0])
        self._paths[tenant_id, f"{method} {path}"] += 1
        self._statuses[tenant_id, status] += 1
        self._units[tenant_id] += units
        self._throttled[tenant_id] += status == 429
        self._early[tenant_id] += is_early

    def recent(self, tenant_id: str | None = None, count: int = 100) -> list[dict[str, object]]:
        """The latest first; of one tenant when it is named."""
        found = [e for e in reversed(self._entries) if tenant_id in (None, e.tenant_id)]
        return [entry._asdict() for entry in found[:count]]

    def counters(self, tenant_id: str | None = None) -> dict[str, object]:
        """Totals since the last `clear`, of one tenant when it is named."""

        def chosen(counter: Counter[str | None]) -> int:
            return counter.total() if tenant_id is None else counter[tenant_id]

        paths: Counter[str] = Counter()
        for (tenant, path), count in self._paths.items():
            paths[path] += count if tenant_id in (None, tenant) else 0
        statuses: Counter[str] = Counter()
        for (tenant, status), count in self._statuses.items():
            statuses[str(status)] += count if tenant_id in (None, tenant) else 0
        return {
            "since": self._since,
            "requests": paths.total(),
            "paths": dict(+paths),
            "statuses": dict(+statuses),
            "resource_units": chosen(self._units),
            "throttled": chosen(self._throttled),
            "requests_inside_retry_after": chosen(self._early),
        }
