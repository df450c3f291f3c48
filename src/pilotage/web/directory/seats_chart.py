"""Seats over time as numbers: the template only draws them. One unit is one pixel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_WIDTH, _HEIGHT, _TOP = 660, 110, 16
_LABELLED = 30


@dataclass(frozen=True, slots=True)
class Day:
    """One day's bar."""

    label: str
    seats: int
    x: float
    y: float
    height: float


def seats_chart(series: Sequence[tuple[date, int]]) -> dict[str, Any]:
    """Bars from the left, the newest on the right; empty without a number."""
    if not series:
        return {}
    most = max((seats for _, seats in series), default=0) or 1
    slot = _WIDTH / max(len(series), _LABELLED)
    days = []
    for at, (day, seats) in enumerate(series):
        height = _HEIGHT * seats / most
        top = _TOP + _HEIGHT - height
        days.append(Day(f"{day:%-d %b %Y}", seats, round(at * slot, 1), top, height))
    return {
        "days": days,
        "width": _WIDTH,
        "height": _TOP + _HEIGHT + 20,
        "base": _TOP + _HEIGHT,
        "bar": round(slot * 0.8, 1),
        "labels_y": _TOP + _HEIGHT + 16,
        "most": most,
        "first": days[0].label,
        "last": days[-1].label,
        "end": round(len(days) * slot, 1),
        "changes": [
            day
            for at, day in enumerate(days)
            if at in {0, len(days) - 1} or days[at - 1].seats != day.seats
        ],
    }
