"""Carry out one move of the onboarding machine."""

from pilotage.kernel import clock
from pilotage.onboarding.models import Onboarding
from pilotage.onboarding.steps import next_step


def move(onboarding: Onboarding, name: str) -> None:
    """Take the step that `name` leads to and save it; raises OnboardingStepRefused.

    The caller holds the customer's row lock and records the event in the same transaction.
    """
    onboarding.step = next_step(onboarding.step, name)
    onboarding.changed_at = clock.now()
    onboarding.waiting_reason = ""
    onboarding.waiting_until = None
    onboarding.save()


def stop_waiting(onboarding: Onboarding) -> None:
    """Nothing is waited for any more; for onboardings that no move concerns."""
    onboarding.waiting_reason = ""
    onboarding.waiting_until = None
    onboarding.save(update_fields=["waiting_reason", "waiting_until"])
