"""Cancel import."""

import time
from threading import Thread

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from django.test import Client

from pilotage.events.models import Event
from pilotage.imports.actions.cancel_import import cancel_import, stop_unfinished_import
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.errors import ImportAlreadyFinished, ImportRunNotFound
from pilotage.imports.models import CollectorState, ImportRun, RunState
from pilotage.imports.progress import progress_of
from pilotage.imports.queries import get_run
from pilotage.imports.run.drive import drive
from pilotage.kernel.actor import Role, system_actor
from pilotage.kernel.errors import Forbidden
from tests.api.conftest import Api, token_for
from tests.cast import World, begin_session
from tests.cli.conftest import Pilotage, pilotage
from tests.imports.connected import connect
from tests.imports.stage import Stage, jobs

# A fixture of the command line's tests.
__all__ = ["pilotage"]


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


@pytest.mark.parametrize(
    ("way", "kind", "options"),
    [
        ("page", "hang", {"seconds": 30}),
        ("api", "slow", {"milliseconds": 20_000}),
        ("cli", "slow", {"milliseconds": 20_000}),
    ],
)
def test_a_worker_notices_within_seconds_that_its_run_was_canceled(
    stage: Stage, pilotage: Pilotage, way: str, kind: str, options: dict[str, int]
) -> None:
    run = stage.request()
    with stage.fault(kind, r"^/v1\.0/users\?", options=options):
        worker = Thread(target=_work, args=(run,))
        worker.start()
        _wait_until(lambda: bool(stage.imported("subscribed-skus")))
        began = time.monotonic()
        _cancel(way, stage, run, pilotage)
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


def _cancel(way: str, stage: Stage, run: ImportRun, pilotage: Pilotage) -> None:
    """As an operator, a script, or somebody on the server."""
    if way == "api":
        editor = Api(token_for(stage.world, stage.world.admin, Role.EDITOR))
        assert editor.post(f"/import-runs/{run.id}/cancel").body["status"] == "canceled"
    elif way == "cli":
        assert "is canceled" in pilotage("imports", "cancel", run.id).out
    else:
        client, operator = Client(), stage.world.operator(stage.world.editor)
        Authenticator.objects.create(user=operator, type="totp", data={"secret": "unused"})
        begin_session(client, operator)
        assert client.post(f"/imports/{run.id}/cancel").status_code == 303


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


def test_what_was_being_read_is_shown_as_stopped(long_stage: Stage) -> None:
    run = long_stage.request()
    drive(run.id, should_stop=long_stage.once_read(run))
    cancel_import(long_stage.world.editor, run.id)
    users = long_stage.collector(run, "users")
    assert users.state == CollectorState.STOPPED and users.finished_at is not None
    shown = progress_of(get_run(long_stage.world.viewer, run.id))
    assert shown.percent < 100
    again = long_stage.run(retry_import(long_stage.world.editor, run.id))
    assert again.state == RunState.SUCCEEDED
    long_stage.assert_equals_truth()
