"""A full import with nothing changed: at most 2 x the first one, and no row updated."""

from bench import scenes
from bench.measured import Measured, Results
from bench.row import Line, Row, Side, at_most
from bench.sides.pilotage_again import first_and_full
from bench.stage.processes import BenchFailed
from bench.stage.stage import Stage

AGAIN = Side("whole by Pilotage, again", scenes.everything, first_and_full(Stage.whole))


def first_seconds(measured: Measured) -> float:
    """The first import's time."""
    return measured.details["first seconds"]


def times_first(measured: Measured) -> float:
    """The second import's time by the first one's."""
    return measured.seconds / first_seconds(measured)


def lines(results: Results) -> list[Line]:
    """One line for the time, one for the rows."""
    ours = f"{results.median(AGAIN.name, lambda measured: measured.seconds):.2f} s"
    first = f"{results.median(AGAIN.name, first_seconds):.2f} s"
    ratio = results.median(AGAIN.name, times_first)
    updated = results.worst(AGAIN.name, lambda measured: measured.details["rows updated"])
    if results.worst(AGAIN.name, lambda measured: measured.details["is delta"]):
        raise BenchFailed("A full import was asked for, and the run was one of changes.")
    return [
        Line("full import, unchanged: time", ours, first, *at_most(ratio, 2.0)),
        Line("full import, unchanged: updates", ours, "-", *at_most(updated, 0, "rows")),
    ]


ROW = Row("resync", (AGAIN,), lines)
