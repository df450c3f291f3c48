"""Deferring jobs by name, so that neither this layer nor the one above has to be imported."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pilotage.imports.models import ImportRun

QUEUE = "imports"
# Mails (80) and activations stand before all imports; a retry or first import has no nightly
# ones to stand before yet.
PRIORITY = 20


def queue_run(run: ImportRun, *, at: datetime | None = None) -> bool:
    """Defer the job that reads on with `run`, at once or at `at`; False if one waits already.

    It commits with the transaction it is called in.
    """
    job = app.configure_task(
        "run_import",
        queue=QUEUE,
        priority=PRIORITY,
        schedule_at=at,
        queueing_lock=f"import {run.id}",
    )
    try:
        # The unique index refuses a second waiting job; that must not end our transaction.
        with transaction.atomic():
            job.defer(run_id=str(run.id))
    except AlreadyEnqueued:
        return False
    return True


def queue_finish_onboarding(run: ImportRun) -> None:
    """Tell the onboarding, which decides what the end of a run means for it."""
    job = app.configure_task("finish_onboarding")
    job.defer(customer_id=str(run.customer_id), run_id=str(run.id))
