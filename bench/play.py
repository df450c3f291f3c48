"""Runs the sides: scene by scene, and within a scene in turns, round by round."""

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from bench.measured import Measured, Results
from bench.row import Row, Side
from bench.stage.stage import Stage

Told = Callable[[str, int, Measured], None]


def play(stage: Stage, rows: Sequence[Row], told: Told, *, profiles: bool) -> Results:
    """Measure every side that the rows need, each once a round; `told` hears each result."""
    results = Results()
    for scene, group in groupby(_sides(rows), lambda side: side.scene):
        sides = list(group)
        with scene(stage):
            _warm_up(stage, sides, profiles=profiles)
            _play_scene(stage, sides, results, told)
    return results


def _sides(rows: Iterable[Row]) -> list[Side]:
    """Each side once, those of one scene together."""
    sides = {side.name: side for row in rows for side in row.sides}
    order = list(dict.fromkeys(side.scene for side in sides.values()))
    return sorted(sides.values(), key=lambda side: order.index(side.scene))


def _warm_up(stage: Stage, sides: list[Side], *, profiles: bool) -> None:
    for side in sides:
        if side.is_warmed:
            say(f"warming up: {side.name}")
            stage.recorder.name = side.name if profiles else ""
            (side.warm or side.run)(stage)
    stage.recorder.name = ""


def _play_scene(stage: Stage, sides: list[Side], results: Results, told: Told) -> None:
    for number in range(stage.sizes.rounds):
        for side in sides:
            if number and side.is_once:
                continue
            say(f"round {number + 1}: {side.name}")
            measured = side.run(stage)
            results.add(side.name, measured)
            told(side.name, number + 1, measured)


def say(text: str) -> None:
    """What goes on, on standard error."""
    print(text, file=sys.stderr, flush=True)
