"""Cancel import."""

import time
from threading import Thread

import pytest
from django.db import connections

from pilotage.events.models import Event
from pilotage.imports.actions.cancel_import import cancel_import, stop_unfinished_import
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.errors import ImportAlreadyFinished, ImportRunNotFound
from pilotage.imports.models import ImportRun, RunState
from pilotage.imports.run.drive import drive
from pilotage.kernel.actor import system_actor
from pilotage.kernel.errors import Forbidden
from tests.cast import World
from tests.imports.connected import connect
from tests.imports.stage import Stage, jobs


def test_a_queued_run_is_canceled(world: World) -> None:
    run = request_import(world.editor, connect(world.add_customer()).id)
    cancel_import(world.editor, run.id)
    run.refresh_from_db()
    assert (run.state, run.outcome) == (RunState.CANCELED, "Canceled by Edda Editor")
    assert run.finished_at is not None
    event = Event.objects.get(name="import.canceled")
    assert (event.actor_name, event.customer_id) == ("Edda Editor", run.customer_id)
    assert jobs("finish_onboarding")[-1]["run_id"] == str(run.id)
    with pytest.raises(ImportAlreadyFinished):
        cancel_import(world.editor, run.id)


def test_a_canceled_run_is_not_begun(stage: Stage) -> None:
    run = stage.request()
    cancel_import(stage.world.editor, run.id)
    stage.run(run)
    assert run.state == RunState.CANCELED
    assert not stage.imported("domains")


def test_a_worker_notices_within_seconds_that_its_run_was_canceled(stage: Stage) -> None:
    run = stage.request()
    with stage.fault("hang", r"^/v1\.0/users\?", options={"seconds": 30}):
        worker = Thread(target=_work, args=(run,))
        worker.start()
        _wait_until(lambda: bool(stage.imported("subscribed-skus")))
        began = time.monotonic()
        cancel_import(stage.world.editor, run.id)
        worker.join(10)
        assert not worker.is_alive(), "it stops within 10 s"
    assert time.monotonic() - began < 10
    assert not stage.imported("users")
    run.refresh_from_db()
    assert run.state == RunState.CANCELED


def test_what_was_read_stays(stage: Stage) -> None:
    run = stage.request()
    drive(run.id, should_stop=stage.once_read(run))
    cancel_import(stage.world.editor, run.id)
    assert set(stage.imported("users")) == stage.truth("users")


def test_another_action_stops_the_run_if_there_is_one(world: World) -> None:
    customer = connect(world.add_customer())
    actor = system_actor("onboarding")
    assert stop_unfinished_import(actor, customer, "Onboarding canceled") is None
    run = request_import(world.editor, customer.id)
    stopped = stop_unfinished_import(actor, customer, "Onboarding canceled")
    assert stopped is not None and stopped.id == run.id
    assert ImportRun.objects.get().outcome == "Onboarding canceled"


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    run = request_import(world.editor, connect(world.add_customer()).id)
    with pytest.raises(Forbidden):
        cancel_import(world.viewer, run.id)
    with pytest.raises(ImportRunNotFound):
        cancel_import(world.stranger, run.id)


def _work(run: ImportRun) -> None:
    try:
        drive(run.id)
    finally:
        connections.close_all()


def _wait_until(is_so, seconds: float = 10) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
