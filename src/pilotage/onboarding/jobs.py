"""Jobs that the onboarding defers."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from pilotage.onboarding.models import ActivationSession

# Activation goes before every import: somebody sits in front of the page.
QUEUE, PRIORITY = "activation", 90


def queue_proof(session: ActivationSession, *, at: datetime | None = None) -> None:
    """Prove the consent of a session on the worker; call it inside the change's transaction."""
    task = app.configure_task("prove_consent", queue=QUEUE, priority=PRIORITY, schedule_at=at)
    task.defer(session_id=str(session.id))


def queue_resolve_domain(customer_id: UUID) -> None:
    """Look up which tenant the expected domain belongs to."""
    task = app.configure_task("resolve_expected_domain", queue=QUEUE, priority=PRIORITY)
    task.defer(customer_id=str(customer_id))
