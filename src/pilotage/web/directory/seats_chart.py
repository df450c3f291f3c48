"""Seats over time as numbers: the template only draws them.

The picture is stretched to the width there is, so its words stand outside of it, in the size of all
other words. Heights are pixels, widths are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_WIDTH, _HEIGHT = 900, 110
# A customer's first days are thin bars on the left, no blocks.
_FEWEST_SLOTS = 30


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
    most = max(seats for _, seats in series)
    slot = _WIDTH / max(len(series), _FEWEST_SLOTS)
    days = []
    for at, (day, seats) in enumerate(series):
        height = round(_HEIGHT * seats / (most or 1), 1)
        bar = Day(f"{day:%-d %b %Y}", seats, round(at * slot, 1), _HEIGHT - height, height)
        days.append(bar)
    return {
        "days": days,
        "width": _WIDTH,
        "height": _HEIGHT,
        "bar": round(slot * 0.8, 1),
        "most": most,
        "first": days[0].label,
        "last": days[-1].label,
        "is_short": len(days) < _FEWEST_SLOTS,
        "changes": [
            day
            for at, day in enumerate(days)
            if at in {0, len(days) - 1} or days[at - 1].seats != day.seats
        ],
    }
