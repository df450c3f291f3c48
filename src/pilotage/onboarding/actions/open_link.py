"""Open link: a visitor shows the token of an activation link and gets a session."""

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.errors import ActivationRefused, LinkRevoked, LinkUnknown
from pilotage.onboarding.link_token import generation_of, split
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import ActivationLink, ActivationSession
from pilotage.onboarding.move import move
from pilotage.onboarding.refuse import refuse
from pilotage.onboarding.sessions import check_generation, check_unused, new_session
from pilotage.onboarding.steps import can_move
from pilotage.onboarding.visitor import holder_of


def open_link(
    actor: Actor, token: str, *, coming_back: bool = False
) -> tuple[ActivationSession, str]:
    """Check a token and begin a session; returns it with the secret for its cookie.

    `coming_back`: the link may have been used, for the admin who wants to see the import or to
    disconnect. Raises LinkUnknown (same answer for an unknown id and a wrong MAC), LinkRevoked,
    LinkExpired or LinkUsed.
    """
    link, generation = _find(token)
    try:
        if generation != link.generation:
            raise LinkRevoked
        check_generation(link, generation)
        if not coming_back:
            check_unused(link)
    except ActivationRefused as error:
        refuse(holder_of(link), link, error)
    return _begin(link)


def _find(token: str) -> tuple[ActivationLink, int]:
    parts = split(token)
    if parts is None:
        raise LinkUnknown
    public_id, mac = parts
    found = ActivationLink.objects.select_related("customer__partner").filter(public_id=public_id)
    link = found.first()
    # An unknown id takes the same way through the MAC as a known one.
    probe = link or ActivationLink(public_id=public_id, generation=1)
    generation = generation_of(probe, mac)
    if link is None or generation is None:
        raise LinkUnknown
    return link, generation


@transaction.atomic
def _begin(link: ActivationLink) -> tuple[ActivationSession, str]:
    holder = holder_of(link)
    locked = lock_onboarding(holder, link.customer_id)
    check_generation(locked.link, link.generation)
    if locked.link.opened_at is None:
        locked.link.opened_at = clock.now()
        locked.link.save(update_fields=["opened_at"])
        record(holder, "activation.opened", customer=locked.customer)
    if can_move(locked.onboarding.step, "open"):
        move(locked.onboarding, "open")
    return new_session(locked.link)
