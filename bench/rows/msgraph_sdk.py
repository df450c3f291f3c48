"""msgraph-sdk with SQLAlchemy: Pilotage's rate is at least 100 times that of a sample."""

from bench import scenes
from bench.measured import Results, rate
from bench.row import Line, Row, Side, at_least
from bench.rows.users import PILOTAGE, people
from bench.sides.peers import peer
from bench.words import rated

# Reading a sample is slow because of the client, not because pages are not ready.
SDK = Side("sample by msgraph-sdk", scenes.plain, peer("msgraph_sdk", "sample", people), False)


def lines(results: Results) -> list[Line]:
    """The ratio of the rates."""
    ratio = results.ratio(PILOTAGE.name, SDK.name, rate)
    ours, theirs = rated(results, PILOTAGE.name), rated(results, SDK.name)
    return [Line("users: msgraph-sdk + SQLAlchemy, rate", ours, theirs, *at_least(ratio, 100.0))]


ROW = Row("msgraph-sdk", (PILOTAGE, SDK), lines)
