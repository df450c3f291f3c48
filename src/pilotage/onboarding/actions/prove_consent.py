"""Prove consent: an app-only token for that tenant, and the admin's role asked anew."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, ActorKind
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.proof import NotAnAdministrator, Proof
from pilotage.onboarding.bind import BoundBy, bind_tenant
from pilotage.onboarding.errors import ActivationRefused, NotAnAdmin, TenantTaken
from pilotage.onboarding.guard import tell_claim_refused
from pilotage.onboarding.jobs import queue_proof
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import ActivationLink, ActivationSession, Step
from pilotage.onboarding.move import move, stop_waiting
from pilotage.onboarding.proof import may_pass, prove_tenant
from pilotage.onboarding.sessions import (
    PROOF_PATIENCE,
    check_generation,
    check_unused,
    is_proof_pending,
)
from pilotage.onboarding.steps import can_move
from pilotage.onboarding.visitor import admin_of

PAUSES = (3, 5, 10, 15, 20, 30)


def prove_consent(actor: Actor, session_id: UUID) -> None:
    """Prove the consent that a session came back with, and bind the tenant.

    What may be propagation is tried again for 15 minutes, visibly; anything else ends the attempt
    with an event, and the admin can go through the link again. A link proves once: whoever comes
    second finds it used.
    """
    session = ActivationSession.objects.select_related("link__customer").get(id=session_id)
    if session.link.used_at or session.consent_returned_at is None:
        return
    if session.admin_tenant_id is None or session.admin_oid is None:
        return
    try:
        check_generation(session.link, session.generation)
        proof = prove_tenant(session.admin_tenant_id, session.admin_oid)
    except ActivationRefused as error:
        _give_up(actor, session, error)
        return
    except MicrosoftError as error:
        _not_yet(actor, session, error)
        return
    try:
        _bind(session, proof)
    except TenantTaken as error:
        tell_claim_refused(session.link.customer, proof.tenant_id)
        _give_up(actor, session, error)
    except ActivationRefused as error:
        # Revoked, replaced or used while we asked Microsoft: the earlier decision stands.
        _give_up(actor, session, error)


@transaction.atomic
def _bind(session: ActivationSession, proof: Proof) -> None:
    admin = admin_of(session)
    locked = lock_onboarding(admin, session.link.customer_id)
    check_generation(locked.link, session.generation)
    check_unused(locked.link)
    now = clock.now()
    won = ActivationLink.objects.filter(customer=locked.customer, used_at=None).update(
        used_at=now, consented_at=now
    )
    if won:
        by = BoundBy(admin.name, session.admin_oid, session.token_uti_sha256)
        bind_tenant(admin, locked, proof, by)


def _not_yet(actor: Actor, session: ActivationSession, error: MicrosoftError) -> None:
    returned_at = session.consent_returned_at
    assert returned_at is not None  # noqa: S101 - prove_consent has returned otherwise
    waited = clock.now() - returned_at
    if may_pass(error) and waited < PROOF_PATIENCE:
        _wait(actor, session, error, _next_try(waited))
    elif isinstance(error, NotAnAdministrator):
        _give_up(actor, session, NotAnAdmin(), error)
    else:
        _give_up(actor, session, error)


def _next_try(waited: timedelta) -> datetime:
    tries = sum(1 for pause in PAUSES if waited > timedelta(seconds=pause * 2))
    return clock.now() + timedelta(seconds=PAUSES[min(tries, len(PAUSES) - 1)])


@transaction.atomic
def _wait(actor: Actor, session: ActivationSession, error: MicrosoftError, until: datetime) -> None:
    locked = lock_onboarding(actor, session.link.customer_id)
    onboarding = locked.onboarding
    if onboarding.step in {Step.IMPORTING, Step.CANCELED}:
        return
    is_new = not onboarding.waiting_reason
    onboarding.waiting_reason = "unavailable" if error.is_transient else "propagation"
    onboarding.waiting_until = until
    onboarding.save(update_fields=["waiting_reason", "waiting_until"])
    if is_new:
        record(
            actor,
            "consent.waiting",
            customer=locked.customer,
            details={"error": error.code, **error.details},
        )
    queue_proof(session, at=until)


@transaction.atomic
def _give_up(
    actor: Actor,
    session: ActivationSession,
    error: PilotageError,
    cause: PilotageError | None = None,
) -> None:
    assert actor.kind is ActorKind.SYSTEM  # noqa: S101 - only the worker proves
    locked = lock_onboarding(actor, session.link.customer_id)
    ActivationSession.objects.filter(id=session.id).update(consent_returned_at=None)
    # Another visit with the same link may be waiting for its own proof.
    if not is_proof_pending(locked.link):
        if can_move(locked.onboarding.step, "fail_proof"):
            move(locked.onboarding, "fail_proof")
        else:
            stop_waiting(locked.onboarding)
    record(
        actor,
        "consent.not_proven",
        customer=locked.customer,
        message=f"Consent could not be proven: {error.text}",
        details={"reason": error.code, **(cause or error).details},
    )
