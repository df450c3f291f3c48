"""Copy activation link: show the link again; that somebody did is told."""

from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding.checks import check_can_copy
from pilotage.onboarding.link_token import address_of
from pilotage.onboarding.locked import lock_onboarding


@transaction.atomic
def copy_activation_link(actor: Actor, customer_id: UUID) -> str:
    """The activation link. Raises AlreadyOnboarded, or LinkNotRevocable if it was taken back."""
    actor.require(Role.EDITOR)
    locked = lock_onboarding(actor, customer_id)
    check_can_copy(locked.customer, locked.onboarding, locked.link)
    record(actor, "activation.link_copied", customer=locked.customer)
    return address_of(locked.link)
