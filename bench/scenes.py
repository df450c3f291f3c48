"""How the simulator behaves while sides take turns."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.stage.stage import Stage

LATENCY = 150  # milliseconds a page


@contextmanager
def plain(stage: Stage) -> Iterator[None]:
    """As fast as it can; a scene for users alone."""
    yield


@contextmanager
def everything(stage: Stage) -> Iterator[None]:
    """As fast as it can; apart from `plain`, so that whole tenants take turns with each other."""
    yield


@contextmanager
def far_away(stage: Stage) -> Iterator[None]:
    """Every answer takes 150 ms longer."""
    with stage.simulator.slow(LATENCY):
        yield


@contextmanager
def far_away_everything(stage: Stage) -> Iterator[None]:
    """The same, for whole tenants."""
    with stage.simulator.slow(LATENCY):
        yield


@contextmanager
def large(stage: Stage) -> Iterator[None]:
    """As fast as it can, with the tenant that takes long."""
    yield
