"""Decides which of the switched-on faults hit a request, and counts them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from random import Random
from typing import NamedTuple, get_args
from urllib.parse import unquote

from microsoft365_simulator.faults.definition import (
    AccessKind,
    AnswerKind,
    Fault,
    IdentityKind,
    PageKind,
    TokenKind,
)

ANSWER = frozenset(get_args(AnswerKind))
PAGE = frozenset(get_args(PageKind))
TOKEN = frozenset(get_args(TokenKind))
ACCESS = frozenset(get_args(AccessKind))
IDENTITY = frozenset(get_args(IdentityKind))


class Facts(NamedTuple):
    """What a fault can be matched against; `target` is path and query as they came."""

    method: str
    target: str
    tenant_id: str | None = None
    client_id: str | None = None


class ActiveFault:
    """A fault that is switched on, with its counters."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.seen = 0
        self.hits = 0
        self._started = time.monotonic()
        self._random = Random(fault.seed)  # noqa: S311 - repeatable on purpose
        path = fault.match.path
        self._path = re.compile(_default_path(fault.kind) if path is None else path)

    def number(self, name: str, default: float) -> float:
        """A numeric option; anything that is no number counts as left out."""
        value = self.fault.options.get(name, default)
        return float(value) if isinstance(value, int | float) else default

    def text(self, name: str, default: str) -> str:
        return str(self.fault.options.get(name, default))

    def matches(self, facts: Facts) -> bool:
        match = self.fault.match
        return (
            match.method in (None, facts.method)
            and match.tenant_id in (None, facts.tenant_id)
            and match.client_id in (None, facts.client_id)
            and self._path.search(unquote(facts.target)) is not None
            and self._is_now()
        )

    def hit(self) -> bool:
        """Count one matching request; true when the schedule says that it is hit."""
        fault = self.fault
        if fault.times is not None and self.hits >= fault.times:
            return False
        self.seen += 1
        after = self.seen - fault.skip
        if after < 1 or after % fault.every or self._random.random() >= fault.probability:
            return False
        self.hits += 1
        return True

    def _is_now(self) -> bool:
        age = time.monotonic() - self._started
        return age >= self.fault.since and (self.fault.until is None or age < self.fault.until)


def _default_path(kind: str) -> str:
    """Faults are about Graph unless they, or a path that is given, say otherwise."""
    if kind == "missing_licence":
        return "signInActivity"
    return "" if kind in IDENTITY or kind == "revoked_consent" else r"^/v1\.0/"


class FaultEngine:
    """The switched-on faults, in the order in which they were switched on."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.active = [ActiveFault(fault) for fault in faults]
        # Items that were taken off one page, by the URL of the page that has them instead. They
        # stay there, however often it is asked for and with the fault long gone, until the page
        # they were taken from is given whole: a client that resumes must not lose any.
        self.late: dict[str, list[object]] = {}
        # Items to be given once more, by the URL of the page that repeats them.
        self.again: dict[str, list[object]] = {}

    def put(self, fault: Fault) -> None:
        """Switch a fault on; one with the same id is replaced and counts anew."""
        self.active = [item for item in self.active if item.fault.id != fault.id]
        self.active.append(ActiveFault(fault))

    def remove(self, fault_id: str) -> bool:
        before = len(self.active)
        self.active = [item for item in self.active if item.fault.id != fault_id]
        return len(self.active) < before

    def hits(self, kinds: frozenset[str], facts: Facts) -> list[ActiveFault]:
        """The faults of these kinds that hit this request; each of them has counted it."""
        return [
            item
            for item in self.active
            if item.fault.kind in kinds and item.matches(facts) and item.hit()
        ]

    def hit(self, kind: str, facts: Facts) -> ActiveFault | None:
        found = self.hits(frozenset({kind}), facts)
        return found[0] if found else None
