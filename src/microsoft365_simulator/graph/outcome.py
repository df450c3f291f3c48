"""The result of one Graph request, ready to be sent or put into a batch."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """`faults` are the kinds that were applied, `units` what the request cost."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    units: int = 1
    is_gzip: bool = False
    faults: list[str] = field(default_factory=list)
    is_early: bool = False
