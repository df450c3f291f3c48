"""The timeline of a run as numbers: the template only draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilotage.imports.models import ImportRun
from pilotage.imports.progress import CollectorLine
from pilotage.kernel import clock
from pilotage.web import times

# One unit is one pixel at full width.
_LABELS, _TRACK, _LINE, _TOP, _BAR = 190, 470, 26, 8, 12
_STYLES = {"succeeded": "ok", "failed": "bad", "skipped": "warn"}
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One collector; `x` and `width` are its time, `y` the top of its line."""

    label: str
    style: str
    x: int
    width: int
    y: int
    began: str
    took: str

    @property
    def text_y(self) -> int:
        """Where the label stands."""
        return self.y + _BAR - 1


@dataclass(frozen=True, slots=True)
class Gap:
    """A wait, over all lines."""

    x: int
    width: int


def timeline(
    run: ImportRun, lines: Iterable[CollectorLine], waits: Iterable[Any]
) -> dict[str, Any]:
    """Bars, waits and the scale of a run; empty before anything has begun.

    What the attempt before has read was read outside the run's time and has no bar.
    """
    begun = [line for line in lines if line.started_at is not None and not line.is_carried]
    if not begun or run.started_at is None:
        return {}
    scale = _Scale(run.started_at, run.finished_at or clock.now())
    height = _TOP + _LINE * len(begun)
    return {
        "bars": [_bar(line, at, scale) for at, line in enumerate(begun)],
        "gaps": [
            Gap(scale.x(wait.began_at), scale.width(wait.began_at, wait.ended_at)) for wait in waits
        ],
        "width": _LABELS + _TRACK,
        "left": _LABELS,
        "right": _LABELS + _TRACK,
        "height": height + 22,
        "base": height,
        "labels_y": height + 17,
        "length": times.span(scale.seconds),
    }


class _Scale:
    def __init__(self, start: datetime, end: datetime) -> None:
        self._start, self._end = start, end
        self.seconds = max((end - start).total_seconds(), 0.001)

    def x(self, moment: datetime) -> int:
        """A moment's place; one outside the run stands at its edge."""
        share = (moment - self._start).total_seconds() / self.seconds
        return _LABELS + round(_TRACK * min(max(share, 0.0), 1.0))

    def width(self, start: datetime, end: datetime | None) -> int:
        """A length of time that can still be seen."""
        return max(self.x(end or self._end) - self.x(start), _LEAST)


def _bar(line: CollectorLine, at: int, scale: _Scale) -> Bar:
    start: datetime = line.started_at or clock.now()
    end = line.finished_at or clock.now()
    width = scale.width(start, line.finished_at)
    return Bar(
        label=line.label,
        style=_STYLES.get(line.state, ""),
        x=min(scale.x(start), _LABELS + _TRACK - width),
        width=width,
        y=_TOP + _LINE * at,
        began=times.full(start),
        took=times.span((end - start).total_seconds()),
    )
