"""Move onboardings whose link has ended, so that lists and events show it."""

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import Onboarding
from pilotage.onboarding.move import move
from pilotage.onboarding.steps import MOVES, can_move

BATCH = 500


def expire_links(actor: Actor) -> int:
    """Each in its own transaction; returns how many."""
    ended = Onboarding.objects.filter(
        step__in=MOVES["expire_link"][0],
        customer__activation_link__expires_at__lte=clock.now(),
        customer__activation_link__used_at=None,
    ).values_list("customer_id", flat=True)[:BATCH]
    for customer_id in list(ended):
        with transaction.atomic():
            locked = lock_onboarding(actor, customer_id)
            if locked.link.expires_at > clock.now():
                continue
            if not can_move(locked.onboarding.step, "expire_link"):
                continue
            move(locked.onboarding, "expire_link")
            record(
                actor,
                "activation.expired",
                customer=locked.customer,
                message=f"Activation link expired on {locked.link.expires_at:%-d %b %Y}",
            )
    return len(ended)
