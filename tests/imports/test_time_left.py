"""How long a run will take: by what is counted, by what is waited for, or not at all."""

from datetime import timedelta

import pytest

from pilotage.imports.actions.request_import import request_import
from pilotage.imports.as_json import run_as_json
from pilotage.imports.models import CollectorState, ImportRun, RunState
from pilotage.imports.queries import get_run, progress_of
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.connected import connect


@pytest.fixture
def run(world: World) -> ImportRun:
    """Begun a minute ago; users and devices are being read, the rest is done."""
    run = request_import(world.editor, connect(world.add_customer()).id)
    run.state, run.started_at = RunState.RUNNING, clock.now() - timedelta(seconds=60)
    run.save()
    run.collectors.update(state=CollectorState.SUCCEEDED, read=10, seconds=1)
    reading(run, "users", read=6_000, expected=9_000, seconds=60)
    reading(run, "devices", read=1_200, expected=1_320, seconds=60)
    return run


def reading(run: ImportRun, name: str, **numbers: int | None) -> None:
    run.collectors.filter(collector=name).update(state=CollectorState.RUNNING, **numbers)


def left(world: World, run: ImportRun) -> int | None:
    return progress_of(get_run(world.viewer, run.id)).seconds_left


def test_of_lists_read_side_by_side_the_slowest_counts(world: World, run: ImportRun) -> None:
    shown = run_as_json(get_run(world.viewer, run.id))
    assert shown["progress"]["objects_per_second"] == 120
    assert shown["progress"]["seconds_left"] == shown["collectors"]["users"]["seconds_left"] == 30
    assert shown["collectors"]["devices"]["seconds_left"] == 6
    assert shown["collectors"]["groups"]["seconds_left"] is None


def test_what_is_not_counted_never_makes_it_shorter(world: World, run: ImportRun) -> None:
    reading(run, "memberships", read=500, expected=None, seconds=10)
    reading(run, "devices", read=10, expected=1_210, seconds=10)
    assert left(world, run) == 1_200, "though by its weight devices are nearly nothing"
    run.collectors.filter(collector__in=["users", "devices"]).update(state=CollectorState.SUCCEEDED)
    assert left(world, run) is None, "nobody knows how many members there are"


def test_a_wait_is_part_of_it(world: World, run: ImportRun) -> None:
    run.state, run.waiting_reason = RunState.WAITING, "throttled"
    run.waiting_until = clock.now() + timedelta(seconds=100)
    run.save()
    seconds = left(world, run)
    assert seconds is not None and 125 < seconds <= 130


def test_nothing_is_left_of_what_has_ended(world: World, run: ImportRun) -> None:
    ImportRun.objects.update(state=RunState.CANCELED)
    assert left(world, run) is None
    assert run_as_json(get_run(world.viewer, run.id))["progress"] is None
