"""The whole tenant into PostgreSQL: 15 x dlt, 8 x requests."""

from bench import scenes
from bench.measured import Results, seconds
from bench.row import Line, Row, Side, at_least
from bench.sides.peers import peer
from bench.sides.pilotage import first_import
from bench.stage.stage import Stage
from bench.words import rated

PILOTAGE = Side("whole by Pilotage", scenes.everything, first_import(Stage.whole))
REQUESTS = Side(
    "whole by requests", scenes.everything, peer("requests_executemany", "whole", Stage.whole)
)
DLT = Side("whole by dlt", scenes.everything, peer("dlt_rest_api", "whole", Stage.whole))
ROADRECON = "roadrecon left out: see bench/README.md"


def lines(results: Results) -> list[Line]:
    """One line for each peer, and one for the peer that cannot be measured."""
    found = []
    for what, side, bar in (("dlt tuned", DLT, 15.0), ("requests + executemany", REQUESTS, 8.0)):
        ratio = results.ratio(side.name, PILOTAGE.name, seconds)
        ours, theirs = rated(results, PILOTAGE.name), rated(results, side.name)
        found.append(Line(f"whole tenant: {what}", ours, theirs, *at_least(ratio, bar)))
    ours = rated(results, PILOTAGE.name)
    left_out = Line("whole tenant: roadrecon", ours, "-", "-", "at least 8 x", None, ROADRECON)
    return [*found, left_out]


ROW = Row("whole", (PILOTAGE, REQUESTS, DLT), lines)
