"""What a file in `rows/` declares: the sides it needs, and the lines it makes of their figures."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.measured import Measured, Results

if TYPE_CHECKING:
    from bench.stage.stage import Stage

Scene = Callable[["Stage"], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Side:
    """Something that is run and measured. Sides of one scene take turns, round by round.

    `is_warmed`: run once unmeasured (`warm`, or else `run`), so that the simulator has its pages
    ready. `is_once`: one round is all that there is time for.
    """

    name: str
    scene: Scene
    run: Callable[["Stage"], Measured]
    is_warmed: bool = True
    is_once: bool = False
    warm: Callable[["Stage"], Measured] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `is_reached` None: not measured, `note` says why."""

    what: str
    ours: str
    theirs: str
    ratio: str
    bar: str
    is_reached: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar. `is_long`: only with --full, or when it is named."""

    name: str
    sides: tuple[Side, ...]
    lines: Callable[[Results], list[Line]]
    is_long: bool = False


def at_least(value: float, bar: float, unit: str = "x") -> tuple[str, str, bool]:
    """Ratio, bar and whether it is reached, for a bar from below."""
    return f"{value:.1f} {unit}", f"at least {bar:g} {unit}", value >= bar


def at_most(value: float, bar: float, unit: str = "x") -> tuple[str, str, bool]:
    """Ratio, bar and whether it is reached, for a bar from above."""
    digits = 2 if unit in {"x", "%"} else 0
    return f"{value:.{digits}f} {unit}", f"at most {bar:g} {unit}", value <= bar
