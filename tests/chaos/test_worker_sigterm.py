"""A worker that is told to end hands its import over at the next page."""

import signal
import time
from pathlib import Path

import pytest
from pytest_django import Settings

from pilotage.events.models import Event
from pilotage.imports.models import RunState
from tests.imports.conftest import NewStage
from tests.imports.stage import jobs
from tests.imports.workers import working


@pytest.mark.chaos
def test_the_run_is_queued_again_at_once(
    new_stage: NewStage, settings: Settings, tmp_path: Path
) -> None:
    stage = new_stage(users=5_000, groups=5, memberships=10, devices=5)
    run = stage.request()
    with (
        stage.fault("slow", r"^/v1\.0/users", options={"milliseconds": 500}),
        working(settings.MICROSOFT, tmp_path) as workers,
    ):
        worker = workers.start()
        end = time.monotonic() + 30
        while not stage.collector(run, "users").page_number:
            assert time.monotonic() < end, workers.log
            time.sleep(0.05)
        began = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
    assert time.monotonic() - began < 10
    run.refresh_from_db()
    assert (run.state, run.owner) == (RunState.QUEUED, ""), workers.log
    assert jobs("next_import"), "the next worker is woken"
    pages = stage.collector(run, "users").page_number
    assert stage.run(run).state == RunState.SUCCEEDED
    assert stage.collector(run, "users").page_number == 7 > pages, "the last one is of changes"
    assert not Event.objects.filter(name="import.resumed").exists(), "nobody was lost"
    stage.assert_equals_truth()
