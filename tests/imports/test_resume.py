"""A run goes on where it was, whoever does it and whatever happened in between."""

import time
from collections.abc import Callable
from threading import Event as Flag

import pytest
from django.db import connection

from pilotage.directory.models import User
from pilotage.events.models import Event
from pilotage.imports.chains.listing import listing_chains
from pilotage.imports.collectors.users import USERS
from pilotage.imports.dispatch.pick import pick_run
from pilotage.imports.models import CollectorState, ImportRun, RunState
from pilotage.imports.run.commit_pages import commit_pages
from pilotage.imports.run.drive import drive
from pilotage.imports.run.lease import take_lease
from pilotage.imports.run.source import Source
from pilotage.imports.run.stops import LeaseLost
from pilotage.imports.upkeep import rescue
from tests.imports.conftest import NewStage
from tests.imports.stage import Stage, counting, jobs


class WorkerDied(BaseException):
    """Stands for kill -9: nothing of ours may catch it."""


def let_lease_run_out(run: ImportRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update imports_importrun set lease_until = now() - interval '1 second' where id = %s",
            [run.id],
        )


def die_after(pages: int) -> Callable[[], bool]:
    return die_when(counting(pages))


def die_when(stop: Callable[[], bool]) -> Callable[[], bool]:

    def should_stop() -> bool:
        if stop():
            raise WorkerDied
        return False

    return should_stop


def test_a_run_stopped_at_every_page_ends_as_if_it_had_not_been(new_stage: NewStage) -> None:
    stage = new_stage(users=3_000)
    run, turns = stage.request(), 0
    while not run.is_finished:
        drive(run.id, should_stop=lambda: True)
        run.refresh_from_db()
        turns += 1
        assert turns < 100
    assert turns > 15
    assert run.state == RunState.SUCCEEDED
    stage.assert_equals_truth()
    assert stage.collector(run, "users").read == 3_000
    assert stage.collector(run, "memberships").read == len(stage.truth("memberships"))
    assert run.fence == turns


def test_a_dead_worker_is_followed_by_another(long_stage: Stage) -> None:
    stage = long_stage
    run = stage.request()
    with pytest.raises(WorkerDied):
        drive(run.id, should_stop=die_when(stage.once_read(run)))
    drive(run.id)
    run.refresh_from_db()
    assert run.state == RunState.RUNNING, "the lease still holds, so nobody else may go on"
    read_before = stage.collector(run, "users").read
    assert 0 < read_before < 3_000
    let_lease_run_out(run)
    stage.run(run)
    assert run.state == RunState.SUCCEEDED
    stage.assert_equals_truth()
    assert stage.collector(run, "users").read == 3_000
    assert Event.objects.filter(name="import.resumed").count() == 1


def test_a_late_worker_commits_nothing(stage: Stage) -> None:
    run = stage.request()
    late = take_lease(run.id)
    assert late is not None
    let_lease_run_out(run)
    assert take_lease(run.id) is not None
    progress = run.collectors.get(collector="users")
    row = progress.chains.create(position=0, way="paged")
    chain = listing_chains(USERS)[0]
    step = next(chain.steps(Source(stage.tenant_id).client(Flag()), stage.customer.id, ""))
    assert step.read == 60
    with pytest.raises(LeaseLost):
        commit_pages(late, USERS, [(row, step)], time.monotonic())
    assert not User.objects.exists()
    progress.refresh_from_db()
    assert (progress.state, progress.read) == (CollectorState.PENDING, 0)


def test_orphaned_runs_get_a_wake_up_and_only_one(stage: Stage) -> None:
    run = stage.request()
    forget_jobs()
    with pytest.raises(WorkerDied):
        drive(run.id, should_stop=die_after(2))
    rescue()
    assert jobs("next_import") == [], "somebody is at it"
    let_lease_run_out(run)
    rescue()
    rescue()
    assert len(jobs("next_import")) == 1
    assert pick_run() == run.id


def test_jobs_of_a_dead_worker_are_tried_again_at_most_five_times(stage: Stage) -> None:
    forget_jobs()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 min')"
            " returning id"
        )
        (worker,) = cursor.fetchone()
        for attempts in (0, 5):
            cursor.execute(
                "insert into procrastinate_jobs (task_name, queue_name, args, status, attempts,"
                " worker_id, priority) values ('send_mail', 'mail', '{}', 'doing', %s, %s, 1)",
                [attempts, worker],
            )
    rescue()
    assert len(jobs("send_mail")) == 1
    assert len(jobs("send_mail", status="failed")) == 1


def test_an_expired_page_token_begins_that_list_anew(long_stage: Stage) -> None:
    stage = long_stage
    with stage.fault("expired_page_token", r"^/v1\.0/users.*userPrincipal", skip=1, times=1):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    users = stage.collector(run, "users")
    # Only its chain was begun anew, which counts for itself.
    assert (users.restarts, users.read) == (0, 3_000)
    stage.assert_equals_truth()


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs cascade")


def test_a_run_that_never_reads_a_page_is_given_up(stage: Stage) -> None:
    run = stage.request()
    ImportRun.objects.filter(id=run.id).update(idle_starts=10)
    stage.run(run)
    assert run.state == RunState.FAILED
    assert run.errors.get().code == "internal_error"
