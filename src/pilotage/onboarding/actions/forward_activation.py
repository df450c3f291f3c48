"""Forward activation: "I am not the administrator"; the same case goes to the right person."""

from datetime import timedelta

from django.db import transaction

from pilotage.events.models import Event
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding import clean
from pilotage.onboarding.errors import TooManyTries
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.mails import queue_forwarded_mail
from pilotage.onboarding.models import ActivationSession
from pilotage.onboarding.sessions import check_generation, check_unused

MOST_A_DAY = 3


@transaction.atomic
def forward_activation(actor: Actor, session: ActivationSession, *, to: str) -> str:
    """Mail the link to `to`; the link stays the same. Returns the tidied address.

    At most three a day, so that the portal cannot be used to send mail around. Raises Invalid for
    the address, TooManyTries, LinkUsed, LinkRevoked or LinkExpired.
    """
    email = clean.notification_email(to)
    locked = lock_onboarding(actor, session.link.customer_id)
    check_generation(locked.link, session.generation)
    check_unused(locked.link)
    sent = Event.objects.filter(
        customer_id=locked.customer.id,
        name="activation.forwarded",
        at__gt=clock.now() - timedelta(days=1),
    ).count()
    if sent >= MOST_A_DAY:
        raise TooManyTries("This link was forwarded three times today. Try again tomorrow.")
    record(
        actor,
        "activation.forwarded",
        customer=locked.customer,
        message=f"Activation link forwarded to {email}",
        details={"to": email},
    )
    queue_forwarded_mail(locked.link, email, number=sent + 1)
    return email
