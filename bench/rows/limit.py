"""Under the L limit (8,000 units in 10 s): no request inside a Retry-After, 429s at most 1 %."""

from bench import scenes
from bench.measured import Measured, Results
from bench.row import Line, Row, Side, at_most
from bench.sides.pilotage import first_import
from bench.stage.stage import Stage


def limited(stage: Stage) -> str:
    """A whole tenant whose limits are on."""
    return stage.whole("limited", throttling=True)


LIMITED = Side("limited by Pilotage", scenes.everything, first_import(limited))


def share(measured: Measured) -> float:
    """Percent of the requests that were answered with 429."""
    return 100 * measured.details["throttled"] / measured.details["requests"]


def lines(results: Results) -> list[Line]:
    """The worst of the rounds, by the simulator's log."""
    early = results.worst(LIMITED.name, lambda measured: measured.details["early"])
    refused = results.worst(LIMITED.name, share)
    seconds = results.median(LIMITED.name, lambda measured: measured.seconds)
    took = f"{seconds:.2f} s"
    return [
        Line("L limit: inside Retry-After", took, "-", *at_most(early, 0, "requests")),
        Line("L limit: share of 429", took, "-", *at_most(refused, 1, "%")),
    ]


ROW = Row("limit", (LIMITED,), lines)
