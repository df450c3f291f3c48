"""Deferring jobs by name, so that neither this layer nor the one above has to be imported.

Runs wait in our own table. A job here is only a wake-up, "there is something to read": whose turn
it is says `imports/dispatch` at the moment a worker is free. So the job table stays short however
many runs wait, and a lost wake-up costs seconds, never a run.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pilotage.imports.models import ImportRun
from pilotage.kernel import clock

TASK, QUEUE = "next_import", "imports"
# Activation (90), mails (80) and upkeep (100) have workers of their own and stand above imports.
PRIORITY = 20
# More than any worker takes in the time of a transaction, and few enough to be fetched at once.
MOST_WAKE_UPS = 32


def queue_run(run: ImportRun, *, at: datetime | None = None) -> None:
    """Let `run` be read from now on, or from `at`; commits with the transaction it is called in."""
    is_later = at is not None and at > clock.now()
    ImportRun.objects.filter(id=run.id).update(due_at=at if is_later else Now())
    wake(at=at if is_later else None)


def wake(*, at: datetime | None = None) -> None:
    """Wake a worker, at once or at `at`.

    Everything that is due at once shares some wake-ups, and everything due in a later second has
    one: who takes it wakes the next.
    """
    if at is None:
        if waiting_wake_ups() < MOST_WAKE_UPS:
            app.configure_task(TASK, queue=QUEUE, priority=PRIORITY).defer()
        return
    moment = at.replace(microsecond=0) + timedelta(seconds=1)
    later = app.configure_task(
        TASK,
        queue=QUEUE,
        priority=PRIORITY,
        schedule_at=moment,
        queueing_lock=f"{TASK} {moment:%Y-%m-%dT%H:%M:%S%z}",
    )
    try:
        # The unique index refuses a second one; that must not end our transaction.
        with transaction.atomic():
            later.defer()
    except AlreadyEnqueued:
        return


def waiting_wake_ups() -> int:
    """How many wake-ups for this very moment have not been taken yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from (select 1 from procrastinate_jobs where status = 'todo'"
            " and queue_name = %s and (scheduled_at is null or scheduled_at <= now())"
            " limit %s) waiting",
            [QUEUE, MOST_WAKE_UPS],
        )
        (count,) = cursor.fetchone()
    return int(count)


def queue_finish_onboarding(run: ImportRun) -> None:
    """Tell the onboarding, which decides what the end of a run means for it."""
    job = app.configure_task("finish_onboarding")
    job.defer(customer_id=str(run.customer_id), run_id=str(run.id))
