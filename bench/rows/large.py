"""The tenant of 1,000,000 users, measured once and shared by the rows that need it."""

from bench import scenes
from bench.row import Side
from bench.sides.pilotage import first_import
from bench.sides.pilotage_again import first_and_deltas
from bench.stage.stage import Stage


def large(stage: Stage) -> str:
    """The tenant of users alone, the large one."""
    return stage.people(stage.sizes.large)


def small(stage: Stage) -> str:
    """The tenant of users alone, the small one."""
    return stage.people(stage.sizes.small)


SMALL = Side("small by Pilotage", scenes.plain, first_import(small))
# The first import is the side's result, the two deltas after it stand in its details.
# Only the first import warms up: changes that are played make every page a new one.
LARGE = Side(
    "large by Pilotage",
    scenes.large,
    first_and_deltas(large),
    is_once=True,
    warm=first_import(large),
)
