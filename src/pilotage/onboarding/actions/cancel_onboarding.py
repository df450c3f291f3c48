"""Cancel onboarding: the link stops working at once, a running import stops, the history stays."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.imports.actions.cancel_import import stop_unfinished_import
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding.checks import check_can_cancel
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.move import move


@transaction.atomic
def cancel_onboarding(actor: Actor, customer_id: UUID) -> Customer:
    """End an onboarding for good, and release the tenant if one was bound.

    Raises AlreadyOnboarded or OnboardingStepRefused.
    """
    actor.require(Role.EDITOR)
    locked = lock_onboarding(actor, customer_id)
    customer, now = locked.customer, clock.now()
    check_can_cancel(customer, locked.onboarding)
    stop_unfinished_import(actor, customer, "Onboarding canceled")
    connection = find_connection(customer)
    if connection is not None:
        connection.released_at = now
        connection.save(update_fields=["released_at"])
    locked.link.revoked_at = locked.link.revoked_at or now
    locked.link.save(update_fields=["revoked_at"])
    move(locked.onboarding, "cancel")
    customer.onboarding_canceled_at = now
    customer.version += 1
    customer.save(update_fields=["onboarding_canceled_at", "version"])
    record(actor, "customer.onboarding_canceled", customer=customer)
    return customer
