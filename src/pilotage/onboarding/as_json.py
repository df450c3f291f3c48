"""A customer together with its onboarding, as API, CLI and webhooks show it."""

from typing import Any

from pilotage.customers import as_json
from pilotage.customers.models import Customer
from pilotage.onboarding.models import Onboarding


def customer_as_json(customer: Customer) -> dict[str, Any]:
    """One customer with its onboarding step; select `onboarding` with it in listings."""
    return {**as_json.customer_as_json(customer), "onboarding": _onboarding(customer)}


def _onboarding(customer: Customer) -> dict[str, Any] | None:
    onboarding: Onboarding | None = getattr(customer, "onboarding", None)
    if onboarding is None:
        return None
    return {
        "step": onboarding.step,
        "changed_at": onboarding.changed_at.isoformat(),
        "waiting_reason": onboarding.waiting_reason,
        "waiting_until": as_json.iso(onboarding.waiting_until),
    }
