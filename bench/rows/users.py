"""Users into PostgreSQL, with all checkpoints and records: 8 x dlt, 2.5 x requests."""

from bench import scenes
from bench.measured import Results, seconds
from bench.row import Line, Row, Side, at_least
from bench.sides.peers import peer
from bench.sides.pilotage import first_import
from bench.stage.stage import Stage
from bench.words import rated


def people(stage: Stage) -> str:
    """The tenant of users alone."""
    return stage.people(stage.sizes.users)


PILOTAGE = Side("users by Pilotage", scenes.plain, first_import(people))
REQUESTS = Side("users by requests", scenes.plain, peer("requests_executemany", "users", people))
DLT = Side("users by dlt", scenes.plain, peer("dlt_rest_api", "users", people))


def lines(results: Results) -> list[Line]:
    """One line for each peer."""
    found = []
    for what, side, bar in (("dlt tuned", DLT, 8.0), ("requests + executemany", REQUESTS, 2.5)):
        ratio = results.ratio(side.name, PILOTAGE.name, seconds)
        ours, theirs = rated(results, PILOTAGE.name), rated(results, side.name)
        note = f"CPU {_cpu(results, side):.1f} x"
        found.append(Line(f"users: {what}", ours, theirs, *at_least(ratio, bar), note))
    return found


def _cpu(results: Results, side: Side) -> float:
    return results.ratio(side.name, PILOTAGE.name, lambda measured: measured.cpu)


ROW = Row("users", (PILOTAGE, REQUESTS, DLT), lines)
