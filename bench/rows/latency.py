"""150 ms a page: users 3 x as fast as one chain, the whole tenant as the serial delta chain.

The other side is Pilotage itself, told to keep one request in the air and one chain a list.
"""

from bench import scenes
from bench.measured import Results, seconds
from bench.row import Line, Row, Side, at_least
from bench.rows.users import people
from bench.sides.pilotage import first_import
from bench.stage.stage import Stage
from bench.words import timed

ONE = {"PILOTAGE_GRAPH_PARALLEL": "1", "PILOTAGE_IMPORT_CHAINS": "single"}
USERS = Side("far users", scenes.far_away, first_import(people))
USERS_ONE = Side("far users, one chain", scenes.far_away, first_import(people, **ONE))
WHOLE = Side("far whole", scenes.far_away_everything, first_import(Stage.whole))
WHOLE_ONE = Side(
    "far whole, one chain", scenes.far_away_everything, first_import(Stage.whole, **ONE)
)


def lines(results: Results) -> list[Line]:
    """One line for users, one for the whole tenant."""
    pairs = (("users", "a single chain", USERS, USERS_ONE),
             ("whole tenant", "the serial delta chain", WHOLE, WHOLE_ONE))  # fmt: skip
    found = []
    for what, than, many, one in pairs:
        ratio = results.ratio(one.name, many.name, seconds)
        ours, theirs = timed(results, many.name), timed(results, one.name)
        found.append(Line(f"150 ms: {what}, {than}", ours, theirs, *at_least(ratio, 3.0)))
    return found


ROW = Row("latency", (USERS, USERS_ONE, WHOLE, WHOLE_ONE), lines)
