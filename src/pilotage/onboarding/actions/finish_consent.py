"""Finish consent: what comes back proves nothing, it says when to look."""

from collections.abc import Mapping

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.microsoft.identity import ConsentAnswer, ConsentOutcome, consent_answer
from pilotage.onboarding.errors import (
    ConsentDeclined,
    ConsentNeedsApproval,
    SignInFailed,
    StateInvalid,
)
from pilotage.onboarding.jobs import queue_proof
from pilotage.onboarding.locked import Locked, lock_onboarding
from pilotage.onboarding.models import ActivationSession, RedirectState
from pilotage.onboarding.move import move
from pilotage.onboarding.refuse import refuse, take_state
from pilotage.onboarding.sessions import check_generation, check_unused, require_sign_in
from pilotage.onboarding.steps import can_move


def finish_consent(
    actor: Actor, session: ActivationSession, query: Mapping[str, str]
) -> ActivationSession:
    """Take the redirect's query; on consent the worker is asked to prove it.

    Raises StateInvalid, OutOfOrder, LinkUsed, ConsentDeclined, ConsentNeedsApproval or
    SignInFailed.
    """
    take_state(actor, session, RedirectState.Purpose.CONSENT, query.get("state", ""))
    require_sign_in(session)
    answer = consent_answer(query)
    # Only a consistency check: the tenant that counts is the verified one.
    if answer.tenant_id is not None and answer.tenant_id != session.admin_tenant_id:
        refuse(actor, session.link, StateInvalid(), {"tenant_in_redirect": str(answer.tenant_id)})
    if answer.outcome is not ConsentOutcome.GRANTED:
        _not_granted(actor, session, answer)
    return _granted(actor, session)


def _not_granted(actor: Actor, session: ActivationSession, answer: ConsentAnswer) -> None:
    details = answer.evidence.as_details()
    if answer.outcome is ConsentOutcome.NEEDS_APPROVAL:
        _move(actor, session, "need_approval", "consent.approval_requested")
        refuse(actor, session.link, ConsentNeedsApproval(), details)
    if answer.outcome is ConsentOutcome.DECLINED:
        _move(actor, session, "decline", "consent.declined")
        refuse(actor, session.link, ConsentDeclined(), details)
    refuse(actor, session.link, SignInFailed(), details)


@transaction.atomic
def _move(actor: Actor, session: ActivationSession, step: str, event: str) -> None:
    locked = _lock(actor, session)
    if not can_move(locked.onboarding.step, step):
        return
    move(locked.onboarding, step)
    if step == "decline":
        locked.link.declined_at = clock.now()
        locked.link.save(update_fields=["declined_at"])
    record(actor, event, customer=locked.customer)


@transaction.atomic
def _granted(actor: Actor, session: ActivationSession) -> ActivationSession:
    locked = _lock(actor, session)
    session.consent_returned_at = clock.now()
    session.save(update_fields=["consent_returned_at"])
    if can_move(locked.onboarding.step, "return_from_consent"):
        move(locked.onboarding, "return_from_consent")
    record(actor, "consent.returned", customer=locked.customer)
    queue_proof(session)
    return session


def _lock(actor: Actor, session: ActivationSession) -> Locked:
    locked = lock_onboarding(actor, session.link.customer_id)
    check_generation(locked.link, session.generation)
    check_unused(locked.link)
    return locked
