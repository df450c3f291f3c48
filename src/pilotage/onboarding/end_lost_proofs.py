"""Consents that are being checked for too long: the job that checked them is gone."""

from datetime import timedelta

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import Onboarding, Step
from pilotage.onboarding.move import move

# A proof has 15 minutes of patience, and its job some tries of its own.
LOST_AFTER = timedelta(minutes=30)


def end_lost_proofs(actor: Actor) -> int:
    """Let the admin go through the link again; each in its own transaction. Returns how many."""
    lost = Onboarding.objects.filter(
        step=Step.CONSENTED, changed_at__lt=clock.now() - LOST_AFTER
    ).values_list("customer_id", flat=True)
    for customer_id in list(lost):
        with transaction.atomic():
            locked = lock_onboarding(actor, customer_id)
            if locked.onboarding.step != Step.CONSENTED:
                continue
            move(locked.onboarding, "fail_proof")
            record(
                actor,
                "consent.not_proven",
                customer=locked.customer,
                message="Consent could not be proven: the check did not come to an end",
                details={"reason": "proof_lost"},
            )
    return len(lost)
