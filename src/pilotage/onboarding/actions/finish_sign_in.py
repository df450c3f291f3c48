"""Finish sign-in: whose tenant it is comes from a validated ID token and from nowhere else."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity import SignedInAdmin, sign_in_refusal
from pilotage.microsoft.identity import finish_sign_in as microsoft_finish
from pilotage.microsoft.identity.errors import (
    AdminApprovalNeeded,
    IdentityUnavailable,
    PersonalAccount,
    SignInDeclined,
)
from pilotage.onboarding.actions.start_sign_in import REDIRECT_PATH
from pilotage.onboarding.errors import (
    ActivationRefused,
    MicrosoftUnavailable,
    NotAnAdmin,
    PersonalAccountRefused,
    SignInCanceled,
    SignInFailed,
)
from pilotage.onboarding.guard import check_admin
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import ActivationSession, RedirectState
from pilotage.onboarding.move import move
from pilotage.onboarding.refuse import refuse, take_state
from pilotage.onboarding.sessions import end_states, is_proof_pending, renew_secret, sha256
from pilotage.onboarding.steps import can_move
from pilotage.onboarding.visitor import admin_of, holder_of

_ANSWERS: tuple[tuple[type[MicrosoftError], type[ActivationRefused]], ...] = (
    (PersonalAccount, PersonalAccountRefused),
    (SignInDeclined, SignInCanceled),
    (AdminApprovalNeeded, NotAnAdmin),
    (IdentityUnavailable, MicrosoftUnavailable),
)


def finish_sign_in(
    actor: Actor, session: ActivationSession, query: Mapping[str, str]
) -> tuple[ActivationSession, str]:
    """Take the redirect's query; the session then knows the admin, and has a new cookie.

    Returns the session with the secret for that cookie: whoever knew the earlier one is not in it.
    From the moment Microsoft has answered, a session that knew somebody knows nobody, until this
    answer has passed too. Raises StateInvalid before anything else is looked at, then SignInFailed,
    PersonalAccountRefused, NotAnAdmin, WrongTenant, GuestNeedsApproval, TenantTaken,
    ConsentDeclined (the person pressed Cancel) or MicrosoftUnavailable, each with its event.
    """
    kept = take_state(actor, session, RedirectState.Purpose.SIGN_IN, query.get("state", ""))
    _forget(session)
    actor = holder_of(session.link)
    admin = _exchange(actor, session, kept, query)
    check_admin(actor, session, admin)
    return _remember(session, admin)


def _exchange(
    actor: Actor, session: ActivationSession, kept: RedirectState, query: Mapping[str, str]
) -> SignedInAdmin:
    try:
        refusal = sign_in_refusal(query)
        if refusal is not None:
            raise refusal
        return microsoft_finish(
            settings.MICROSOFT,
            code=query.get("code", ""),
            redirect_uri=settings.BASE_URL + REDIRECT_PATH,
            verifier=kept.code_verifier,
            nonce=kept.nonce,
            now=clock.now(),
        )
    except MicrosoftError as error:
        answer = next((to for kind, to in _ANSWERS if isinstance(error, kind)), SignInFailed)
        refuse(actor, session.link, answer(), {"error": error.code, **error.details})


@transaction.atomic
def _forget(session: ActivationSession) -> None:
    """Whoever is refused now must not go on as the one who signed in before."""
    if session.admin_oid is None:
        return
    locked = lock_onboarding(holder_of(session.link), session.link.customer_id)
    session.forget_admin()
    session.save()
    end_states(session, RedirectState.Purpose.CONSENT)
    if can_move(locked.onboarding.step, "fail_proof") and not is_proof_pending(locked.link):
        # Nobody is left whose consent could be proven; the link still works.
        move(locked.onboarding, "fail_proof")


@transaction.atomic
def _remember(session: ActivationSession, admin: SignedInAdmin) -> tuple[ActivationSession, str]:
    session.admin_tenant_id = admin.tid
    session.admin_oid = admin.oid
    session.admin_name = admin.name[:200]
    session.admin_username = admin.username[:320]
    session.admin_is_guest = admin.is_guest
    session.token_uti_sha256 = sha256(admin.uti) if admin.uti else ""
    session.signed_in_at = clock.now()
    secret = renew_secret(session)
    session.save()
    onboarding = lock_onboarding(admin_of(session), session.link.customer_id).onboarding
    if can_move(onboarding.step, "sign_in"):
        # Whoever waited or declined before: the right person is here now.
        move(onboarding, "sign_in")
    session.link.signed_in_at = clock.now()
    session.link.save(update_fields=["signed_in_at"])
    record(
        admin_of(session),
        "activation.signed_in",
        customer=session.link.customer,
        message=f"{admin.name} signed in as {admin.username}",
        details={"tenant_id": str(admin.tid), "oid": str(admin.oid), "is_guest": admin.is_guest},
    )
    return session, secret
