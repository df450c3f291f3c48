"""Revoke activation link: it stops working at once."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding.checks import check_can_revoke
from pilotage.onboarding.locked import lock_onboarding


@transaction.atomic
def revoke_activation_link(actor: Actor, customer_id: UUID) -> Customer:
    """Take the link back, and end the visits made with it. Raises LinkNotRevocable."""
    actor.require(Role.EDITOR)
    locked = lock_onboarding(actor, customer_id)
    check_can_revoke(locked.customer, locked.link)
    locked.link.revoked_at = clock.now()
    locked.link.save(update_fields=["revoked_at"])
    locked.onboarding.forget_approval()
    locked.onboarding.save()
    record(actor, "activation.revoked", customer=locked.customer)
    return locked.customer
