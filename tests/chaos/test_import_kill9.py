"""Workers are killed again and again in the middle of an import; nothing is lost or doubled."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from pilotage.events.models import Event
from pilotage.imports.models import CollectorProgress, ImportRun, RunState
from pilotage.imports.upkeep import rescue
from tests.imports.conftest import NewStage
from tests.imports.stage import Stage
from tests.imports.workers import Workers, working

KILLS = 20
FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("slow", {"options": {"milliseconds": 150}}),
    ("throttle", {"every": 9, "options": {"seconds": 1}}),
    ("server_error", {"every": 7, "options": {"status": 503}}),
    ("truncated_json", {"every": 11}),
    ("drop", {"every": 13}),
    ("duplicate_items", {"every": 3, "options": {"items": 40}}),
    ("moved_items", {"every": 4, "options": {"items": 40}}),
]


@pytest.mark.chaos
def test_nothing_is_lost_and_nothing_doubled(
    new_stage: NewStage, settings: Settings, tmp_path: Path
) -> None:
    stage = new_stage(users=30_000, groups=4_000, memberships=90_000, devices=12_000)
    run = stage.request()
    faults = [_fault(stage, kind, rest) for kind, rest in FAULTS]
    with working(settings.MICROSOFT, tmp_path) as workers:
        for _ in range(3):
            workers.start()
        kills = 0
        while kills < KILLS - 1:
            _wait_for_a_page(run, workers)
            kills += workers.kill(_owner(run))
            workers.start()
            _let_the_lease_run_out(run)
        assert not _finished(run), "the import was over before the last kill"
        seconds = _kill_and_time_the_recovery(run, workers)
        for fault in faults:
            stage.control.call("DELETE", f"/faults/{fault}")
        _wait(lambda: _finished(run), 60, workers)
    run.refresh_from_db()
    assert run.state == RunState.SUCCEEDED, (run.outcome, workers.log)
    assert seconds <= 60, "a killed worker's run goes on by itself"
    assert Event.objects.filter(name="import.resumed").count() >= KILLS
    assert Event.objects.filter(name="import.finished").count() == 1
    stage.assert_equals_truth()
    print(f"{kills + 1} kills, recovered by itself in {seconds:.1f} s, {run.fence} turns")


def _fault(stage: Stage, kind: str, rest: dict[str, Any]) -> str:
    match = {"tenant_id": str(stage.tenant_id), "path": r"^/v1\.0/"}
    made = stage.control.call("POST", "/faults", {"kind": kind, "match": match, **rest})
    return str(made["id"])


def _kill_and_time_the_recovery(run: ImportRun, workers: Workers) -> float:
    """Seconds from a kill to the next page, with nothing done to help."""
    while True:
        _wait_for_a_page(run, workers)
        if workers.kill(_owner(run)):
            break
    began = time.monotonic()
    _wait_for_a_page(run, workers, seconds=70)
    return time.monotonic() - began


def _wait_for_a_page(run: ImportRun, workers: Workers, seconds: float = 30) -> None:
    before = _pages(run)
    _wait(lambda: _pages(run) > before, seconds, workers)


def _let_the_lease_run_out(run: ImportRun) -> None:
    """What the passing of some seconds would do; a rescue follows every five."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update imports_importrun set lease_until = now() where id = %s and state = 'running'",
            [run.id],
        )
    rescue()


def _pages(run: ImportRun) -> int:
    rows = CollectorProgress.objects.filter(run=run)
    return sum(rows.values_list("page_number", flat=True))


def _finished(run: ImportRun) -> bool:
    return ImportRun.objects.get(id=run.id).is_finished


def _owner(run: ImportRun) -> str:
    return ImportRun.objects.values_list("owner", flat=True).get(id=run.id)


def _wait(is_so: Callable[[], bool], seconds: float, workers: Workers) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, workers.log
        time.sleep(0.03)
