"""Pictures as numbers: the template only draws them. One unit is one pixel at full width."""

from dataclasses import dataclass

from pilotage.customers.ends_ahead import WeekOfEnds
from pilotage.onboarding.funnel import Stage

_TRACK = 330
_LINE = 34
_HEIGHT, _SLOT, _BAR = 120, 46, 26


@dataclass(frozen=True, slots=True)
class FunnelBar:
    """One stage; `y` is the top of its bar, `width` its length."""

    label: str
    count: int
    percent: int
    y: int
    width: int
    style: str = ""


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week: production below, trials on top of it."""

    label: str
    trials: int
    production: int
    x: int
    trials_y: int
    trials_height: int
    production_y: int
    production_height: int

    @property
    def total(self) -> int:
        """All that ends in this week."""
        return self.trials + self.production

    @property
    def number_y(self) -> int:
        """Where the number above the bar stands."""
        return self.trials_y - 6


def funnel_chart(stages: list[Stage]) -> dict[str, object]:
    """Bars from the left, each as long as the share of all that came so far."""
    total = stages[0].count
    bars = [
        FunnelBar(
            label=stage.label,
            count=stage.count,
            percent=round(stage.count * 100 / total) if total else 0,
            y=number * _LINE + 8,
            width=round(stage.count * _TRACK / total) if total else 0,
            style="ok" if number == len(stages) - 1 else "",
        )
        for number, stage in enumerate(stages)
    ]
    return {"bars": bars, "total": total, "track": _TRACK, "height": len(stages) * _LINE + 6}


def ends_chart(weeks: list[WeekOfEnds]) -> dict[str, object]:
    """Columns for the coming weeks, production and trials stacked."""
    most = max((week.trials + week.production for week in weeks), default=0)
    scale = _HEIGHT / most if most else 0
    bars = [_week(number, week, scale) for number, week in enumerate(weeks)]
    return {
        "bars": bars,
        "is_empty": most == 0,
        "width": len(weeks) * _SLOT,
        "bar": _BAR,
        "base": _HEIGHT + 22,
        "labels_y": _HEIGHT + 42,
        "height": _HEIGHT + 50,
    }


def _week(number: int, week: WeekOfEnds, scale: float) -> WeekBar:
    low, high = round(week.production * scale), round(week.trials * scale)
    base = _HEIGHT + 22
    return WeekBar(
        label=f"{week.monday:%-d %b}",
        trials=week.trials,
        production=week.production,
        x=number * _SLOT + (_SLOT - _BAR) // 2,
        trials_y=base - low - high,
        trials_height=high,
        production_y=base - low,
        production_height=low,
    )
