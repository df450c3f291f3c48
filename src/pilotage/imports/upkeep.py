"""Recovery and housekeeping of jobs.

The job library wakes up, the truth is in our own tables: while a run is due, its lease run out or
its time come, there is a wake-up, whatever became of the last one.
"""

from datetime import timedelta

import structlog
from django.db import DatabaseError, connection, transaction

from pilotage.imports.dispatch.pick import wake_for_what_is_due
from pilotage.imports.jobs import TASK
from pilotage.imports.models import ImportRun, SeenObject
from pilotage.imports.purge_removed import purge_removed
from pilotage.kernel import clock

log = structlog.get_logger()
# Workers send a heartbeat every 3 s.
STALLED_SECONDS = 10
MAX_ATTEMPTS = 5
KEPT_DAYS = 7
# Some thousands a day, all alike.
KEPT_DAYS_UPKEEP = 1
KEPT_SEEN = timedelta(hours=25)
_RETRY = "select procrastinate_retry_job_v2(%s, now(), null, null, null)"
_FAIL = "select procrastinate_finish_job_v1(%s, 'failed', false)"
# Nothing has failed for good, so nobody has to look: another wake-up does the work.
_LEAVE = "select procrastinate_finish_job_v1(%s, 'aborted', false)"


def rescue() -> None:
    """Jobs of workers without a heartbeat are tried again; what is due gets a wake-up."""
    _retry_stalled_jobs()
    if wake_for_what_is_due():
        log.warning("import_wake_up_was_lost")


def purge() -> None:
    """Forget finished jobs after a week, upkeep and what runs have seen after a day.

    What was removed from a tenant goes after 90 days.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs j where status not in ('todo', 'doing') and not exists"
            " (select 1 from procrastinate_events e where e.job_id = j.id"
            " and e.at > now() - interval '1 day' *"
            " case when j.queue_name = 'upkeep' and j.status = 'succeeded' then %s else %s end)",
            [KEPT_DAYS_UPKEEP, KEPT_DAYS],
        )
    old = ImportRun.objects.filter(finished_at__lt=clock.now() - KEPT_SEEN)
    SeenObject.objects.filter(run_id__in=old.values("id")).delete()
    purge_removed()


def _retry_stalled_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select j.id, j.task_name, j.attempts from procrastinate_jobs j left join"
            " procrastinate_workers w on w.id = j.worker_id where j.status = 'doing' and (w.id is"
            " null or w.last_heartbeat < now() - %s * interval '1 second')",
            [STALLED_SECONDS],
        )
        stalled = cursor.fetchall()
    for job_id, task_name, attempts in stalled:
        log.warning("job_stalled", job_id=job_id, task=task_name, attempts=attempts)
        if task_name == TASK:
            # A run's own record says what becomes of it.
            _change(_LEAVE, job_id)
        elif attempts >= MAX_ATTEMPTS:
            # One that stalls again and again is dead.
            _change(_FAIL, job_id)
        elif not _change(_RETRY, job_id):
            # Its successor waits already.
            _change(_LEAVE, job_id)


def _change(statement: str, job_id: int) -> bool:
    """Whether the job could be changed; another worker may have been faster."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [job_id])
    except DatabaseError as error:
        log.info("job_not_changed", job_id=job_id, error=str(error).splitlines()[0])
        return False
    return True
