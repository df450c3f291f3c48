"""Retry import."""

from datetime import timedelta

import pytest

from pilotage.events.models import Event
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.as_json import run_as_json
from pilotage.imports.errors import (
    ImportNotFinished,
    ImportRunNotFound,
    NothingToRetry,
    NotTheLatestImport,
)
from pilotage.imports.models import CollectorState, ImportChain, ImportRun, RunState, SeenObject
from pilotage.imports.time_left import rate_of
from pilotage.kernel import clock
from pilotage.kernel.errors import Forbidden
from tests.cast import World
from tests.imports.connected import connect, ended
from tests.imports.stage import Stage, jobs


def test_it_begins_where_the_earlier_attempt_failed(world: World) -> None:
    earlier = ended(world, connect(world.add_customer()))
    SeenObject.objects.create(run_id=earlier.id, collector="users", key="u1")
    run = retry_import(world.editor, earlier.id)
    assert (run.number, run.attempt, run.retry_of_id) == (2, 2, earlier.id)
    domains, users, groups = (
        run.collectors.get(collector=name) for name in ("domains", "users", "groups")
    )
    assert (domains.state, domains.is_carried, domains.read) == (CollectorState.SUCCEEDED, True, 10)
    assert (users.state, users.page_number) == (CollectorState.PENDING, 2)
    assert users.chains.get().cursor.endswith("$skiptoken=3")
    assert (groups.state, groups.chains.count()) == (CollectorState.PENDING, 0)
    shown = run_as_json(run)
    assert shown["progress"]["objects"] == 0, "what was read before is not this run's own"
    carried = {name for name, one in shown["collectors"].items() if one["carried"]}
    assert carried == {"organization", "domains", "subscribed_skus"}
    assert SeenObject.objects.get().run_id == run.id
    assert jobs("next_import"), "a worker is woken"
    event = Event.objects.filter(name="import.requested").latest("at")
    assert event.details["retry_of"] == str(earlier.id)


def test_a_list_that_is_gone_on_with_keeps_its_speed(world: World) -> None:
    earlier = ended(world, connect(world.add_customer()))
    earlier.collectors.filter(collector="users").update(read=1_000, seconds=10)
    run = retry_import(world.editor, earlier.id)
    users = run.collectors.get(collector="users")
    users.read, users.seconds = users.read + 100, users.seconds + 1
    assert rate_of(users) == 100


def test_the_earlier_attempt_is_kept_as_it_is(world: World) -> None:
    earlier = ended(world, connect(world.add_customer()))
    before = list(earlier.collectors.values()), ImportRun.objects.filter(id=earlier.id).values()[0]
    retry_import(world.editor, earlier.id)
    after = list(earlier.collectors.values()), ImportRun.objects.filter(id=earlier.id).values()[0]
    assert after == before


def test_after_a_day_all_is_read_anew(world: World) -> None:
    earlier = ended(world, connect(world.add_customer()))
    ImportRun.objects.update(finished_at=clock.now() - timedelta(hours=25))
    run = retry_import(world.editor, earlier.id)
    assert {p.state for p in run.collectors.all()} == {CollectorState.PENDING}
    assert not ImportChain.objects.filter(progress__run=run).exists()


def test_what_cannot_be_retried(world: World) -> None:
    customer = connect(world.add_customer())
    good = ended(world, customer, RunState.SUCCEEDED)
    with pytest.raises(NothingToRetry):
        retry_import(world.editor, good.id)
    failed = ended(world, customer)
    running = request_import(world.editor, customer.id)
    with pytest.raises(ImportNotFinished):
        retry_import(world.editor, running.id)
    ImportRun.objects.filter(id=running.id).update(state=RunState.SUCCEEDED)
    with pytest.raises(NotTheLatestImport):
        retry_import(world.editor, failed.id)


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    earlier = ended(world, connect(world.add_customer()))
    with pytest.raises(Forbidden):
        retry_import(world.viewer, earlier.id)
    with pytest.raises(ImportRunNotFound):
        retry_import(world.stranger, earlier.id)


def test_a_retry_completes_what_failed(long_stage: Stage) -> None:
    stage = long_stage
    stage.age_consent()
    with stage.fault("graph_error", r"^/v1\.0/users.*userPrincipal.*skiptoken", skip=1,
                     options={"status": 400, "code": "Request_BadRequest"}):  # fmt: skip
        failed = stage.run()
    assert failed.state == RunState.FAILED
    assert stage.collector(failed, "users").read == 1_998
    run = stage.run(retry_import(stage.world.editor, failed.id))
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert stage.collector(run, "users").read == 3_000
    stage.assert_equals_truth()
    failed.refresh_from_db()
    assert failed.state == RunState.FAILED


def test_a_retry_of_a_re_sync_still_removes_what_is_gone(long_stage: Stage) -> None:
    stage = long_stage
    stage.age_consent()
    stage.run()
    stage.change(users_deleted=9, seed=4)
    with stage.fault("graph_error", r"^/v1\.0/users.*userPrincipal.*skiptoken", skip=1,
                     options={"status": 400, "code": "Request_BadRequest"}):  # fmt: skip
        failed = stage.run()
    assert failed.state == RunState.FAILED
    assert len(stage.imported("users")) == 3_000, "nothing is removed before the end"
    run = stage.run(retry_import(stage.world.editor, failed.id))
    assert run.state == RunState.SUCCEEDED
    assert stage.collector(run, "users").removed == 9
    stage.assert_equals_truth()


def test_a_list_may_be_begun_anew_as_often_again(long_stage: Stage) -> None:
    users = r"^/v1\.0/users\?.*skiptoken"
    with long_stage.fault("expired_page_token", users):
        run = long_stage.run()
    assert run.state == RunState.FAILED
    with long_stage.fault("expired_page_token", users, times=1):
        again = long_stage.run(retry_import(long_stage.world.editor, run.id))
    assert again.state == RunState.SUCCEEDED, again.outcome
    long_stage.assert_equals_truth()
