"""Say no to a visitor: one event, then the error."""

from collections.abc import Mapping
from typing import NoReturn

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel.actor import Actor
from pilotage.onboarding.errors import ActivationRefused, StateInvalid
from pilotage.onboarding.models import ActivationLink, ActivationSession, RedirectState
from pilotage.onboarding.sessions import use_state


def refuse(
    actor: Actor,
    link: ActivationLink,
    error: ActivationRefused,
    details: Mapping[str, object] | None = None,
) -> NoReturn:
    """Record `activation.refused` with the reason and raise `error`.

    Call it outside of a transaction that the error would undo.
    """
    with transaction.atomic():
        record(
            actor,
            "activation.refused",
            customer=link.customer,
            message=f"Activation refused: {error.title[0].lower()}{error.title[1:]}",
            details={"reason": error.reason, **(details or {})},
        )
    error.link = link
    error.account = str((details or {}).get("username", ""))
    raise error


def take_state(actor: Actor, session: ActivationSession, purpose: str, state: str) -> RedirectState:
    """Use up a redirect's state; one that does not fit is refused with its event."""
    try:
        return use_state(session, purpose, state)
    except StateInvalid as error:
        refuse(actor, session.link, error, {"redirect": str(purpose)})
