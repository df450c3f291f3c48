"""What jobs and runs leave behind goes, after a while."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.imports.models import ImportRun, SeenObject
from pilotage.imports.upkeep import purge, rescue
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.connected import connect, ended


def test_finished_jobs_go_after_a_week(db: None) -> None:
    ids = {}
    with connection.cursor() as cursor:
        for status in ("succeeded", "failed", "todo"):
            for days in (1, 8):
                cursor.execute(
                    "insert into procrastinate_jobs (task_name, queue_name, args, status, priority)"
                    " values ('send_mail', 'mail', '{}', 'todo', 1) returning id"
                )
                (ids[status, days],) = cursor.fetchone()
                cursor.execute(
                    "update procrastinate_jobs set status = %s where id = %s",
                    [status, ids[status, days]],
                )
                cursor.execute(
                    "update procrastinate_events set at = now() - %s * interval '1 day'"
                    " where job_id = %s",
                    [days, ids[status, days]],
                )
    purge()
    left = set(ProcrastinateJob.objects.values_list("id", flat=True))
    gone = {key for key, job_id in ids.items() if job_id not in left}
    assert gone == {("succeeded", 8), ("failed", 8)}


def test_upkeep_goes_after_a_day(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, args, status, priority)"
            " values ('rescue_jobs', 'upkeep', '{}', 'todo', 1) returning id"
        )
        (job_id,) = cursor.fetchone()
        cursor.execute("update procrastinate_jobs set status = 'succeeded' where id = %s", [job_id])
        cursor.execute(
            "update procrastinate_events set at = now() - interval '25 hours' where job_id = %s",
            [job_id],
        )
    purge()
    assert not ProcrastinateJob.objects.filter(id=job_id).exists()


def test_what_old_runs_have_seen_goes_after_a_day(world: World) -> None:
    customer = connect(world.add_customer())
    old, new = ended(world, customer), ended(world, customer)
    ImportRun.objects.filter(id=old.id).update(finished_at=clock.now() - timedelta(hours=26))
    for run in (old, new):
        SeenObject.objects.create(run_id=run.id, collector="users", key="u")
    purge()
    assert [seen.run_id for seen in SeenObject.objects.all()] == [new.id]


@pytest.mark.parametrize(
    ("task", "attempts", "becomes"),
    [("next_import", 0, "aborted"), ("send_mail", 1, "todo"), ("send_mail", 5, "failed")],
)
def test_jobs_of_a_worker_that_was_killed(db: None, task: str, attempts: int, becomes: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, args, status, priority,"
            " attempts) values (%s, 'any', '{}', 'doing', 1, %s) returning id",
            [task, attempts],
        )
        (job_id,) = cursor.fetchone()
    rescue()
    assert ProcrastinateJob.objects.get(id=job_id).status == becomes
