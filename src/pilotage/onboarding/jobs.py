"""Jobs that the onboarding defers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from pilotage.onboarding.models import ActivationSession

# Activation goes before every import: somebody sits in front of the page.
QUEUE, PRIORITY = "activation", 90
# Behind all that somebody waits for, and never among the imports.
PROBE_QUEUE, PROBE_PRIORITY = "connections", 10


def queue_proof(session: ActivationSession, *, at: datetime | None = None) -> None:
    """Prove the consent of a session on the worker; call it inside the change's transaction."""
    task = app.configure_task("prove_consent", queue=QUEUE, priority=PRIORITY, schedule_at=at)
    task.defer(session_id=str(session.id))


def queue_resolve_domain(customer_id: UUID) -> None:
    """Look up which tenant the expected domain belongs to."""
    task = app.configure_task("resolve_expected_domain", queue=QUEUE, priority=PRIORITY)
    task.defer(customer_id=str(customer_id))


def queue_probe(customer_id: UUID, *, at: datetime | None = None) -> None:
    """Look at a customer's connection on the worker, where the credential is."""
    job = app.configure_task(
        "probe_connection",
        queue=PROBE_QUEUE,
        priority=PROBE_PRIORITY,
        schedule_at=at,
        queueing_lock=f"probe {customer_id} {'later' if at else 'now'}",
    )
    try:
        # The unique index refuses a second waiting job; that must not end our transaction.
        with transaction.atomic():
            job.defer(customer_id=str(customer_id))
    except AlreadyEnqueued:
        return
