"""Resend activation link: a new link by mail; the earlier one stops working at once."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding import clean
from pilotage.onboarding.checks import check_can_resend
from pilotage.onboarding.link_token import link_end
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.mails import queue_activation_mail
from pilotage.onboarding.move import move
from pilotage.onboarding.steps import can_move


@transaction.atomic
def resend_activation_link(actor: Actor, customer_id: UUID, *, to: str = "") -> Customer:
    """Mail a new link to `to`, or to where the last one went.

    Raises AlreadyOnboarded, OnboardingStepRefused, TrialIsOver or Invalid for the address.
    """
    actor.require(Role.EDITOR)
    locked = lock_onboarding(actor, customer_id)
    check_can_resend(locked.customer, locked.onboarding)
    link, now = locked.link, clock.now()
    link.to = clean.notification_email(to) if to.strip() else link.to
    link.generation += 1
    link.expires_at = link_end(now, locked.customer.expires_at)
    link.revoked_at = link.used_at = link.opened_at = link.signed_in_at = None
    link.consented_at = link.declined_at = link.sent_at = None
    link.save()
    # An approval was given to somebody who held the earlier link.
    locked.onboarding.forget_approval()
    locked.onboarding.save()
    if can_move(locked.onboarding.step, "resend"):
        move(locked.onboarding, "resend")
    record(
        actor,
        "activation.resent",
        customer=locked.customer,
        message=f"Activation link sent anew to {link.to}; the earlier one stopped working",
        details={"to": link.to, "generation": link.generation},
    )
    queue_activation_mail(link)
    return locked.customer
