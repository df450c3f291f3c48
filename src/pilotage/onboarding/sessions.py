"""Activation sessions: an anonymous visit of 30 minutes with one link."""

import hashlib
import secrets
from datetime import timedelta

from pilotage.kernel import clock
from pilotage.onboarding.errors import (
    LinkExpired,
    LinkRevoked,
    LinkUsed,
    OutOfOrder,
    SessionExpired,
    StateInvalid,
)
from pilotage.onboarding.models import ActivationLink, ActivationSession, RedirectState

SESSION_LIFE = timedelta(minutes=30)
STATE_LIFE = timedelta(minutes=10)
# How long a consent is tried to be proven: Microsoft spreads it within seconds to minutes.
PROOF_PATIENCE = timedelta(minutes=15)


def sha256(text: str) -> str:
    """Hex digest: what is kept of a secret that comes back."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_session(link: ActivationLink) -> tuple[ActivationSession, str]:
    """A fresh session and the secret for its cookie, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    session = ActivationSession.objects.create(
        link=link,
        generation=link.generation,
        secret_sha256=sha256(secret),
        created_at=now,
        expires_at=now + SESSION_LIFE,
    )
    return session, secret


def renew_secret(session: ActivationSession) -> str:
    """A new secret for the cookie (ASVS 7.2.4); the session's end stays. The caller saves."""
    secret = secrets.token_urlsafe(32)
    session.secret_sha256 = sha256(secret)
    return secret


def get_session(secret: str) -> ActivationSession:
    """The session of a cookie, its link still good; raises SessionExpired or what became of it."""
    session = (
        ActivationSession.objects.select_related("link__customer__partner", "link__customer__sku")
        .filter(secret_sha256=sha256(secret), expires_at__gt=clock.now())
        .first()
    )
    if session is None:
        raise SessionExpired
    check_generation(session.link, session.generation)
    return session


def check_generation(link: ActivationLink, generation: int) -> None:
    """Raise LinkRevoked or LinkExpired for a link that has stopped working.

    A used one is fine whatever its date: with it the admin can always come back to disconnect.
    """
    customer = link.customer
    is_over = customer.onboarding_canceled_at or customer.terminated_at
    if link.revoked_at or link.generation != generation or is_over:
        raise LinkRevoked
    if link.expires_at <= clock.now() and not link.used_at:
        raise LinkExpired


def check_unused(link: ActivationLink) -> None:
    """Raise LinkUsed for a link that has brought its customer on board."""
    if link.used_at:
        raise LinkUsed


def require_sign_in(session: ActivationSession) -> None:
    """Raise OutOfOrder unless the session's admin has signed in."""
    if session.admin_oid is None or session.admin_tenant_id is None:
        raise OutOfOrder


def keep_state(
    session: ActivationSession, purpose: str, state: str, *, nonce: str = "", verifier: str = ""
) -> None:
    """Remember a redirect to Microsoft; an earlier one of the same kind stops working."""
    now = clock.now()
    end_states(session, purpose)
    RedirectState.objects.create(
        state_sha256=sha256(state),
        session=session,
        purpose=purpose,
        nonce=nonce,
        code_verifier=verifier,
        created_at=now,
        expires_at=now + STATE_LIFE,
    )


def end_states(session: ActivationSession, purpose: str) -> None:
    """Redirects of this kind that are still under way stop working."""
    session.redirects.filter(purpose=purpose, used_at=None).update(used_at=clock.now())


def use_state(session: ActivationSession, purpose: str, state: str) -> RedirectState:
    """Use up the state that came back; raises StateInvalid unless it is this session's, fresh,
    of this purpose, and was never used.
    """
    now = clock.now()
    digest = sha256(state)
    used = RedirectState.objects.filter(
        state_sha256=digest, session=session, purpose=purpose, used_at=None, expires_at__gt=now
    ).update(used_at=now)
    if used != 1:
        raise StateInvalid
    return RedirectState.objects.get(state_sha256=digest)


def is_proof_pending(link: ActivationLink) -> bool:
    """Whether a visit with this link has come back with a consent that may still be proven."""
    recent = clock.now() - PROOF_PATIENCE
    visits = ActivationSession.objects.filter(link=link, generation=link.generation)
    return visits.filter(consent_returned_at__gt=recent).exists()


def forget_old_sessions() -> int:
    """Delete visits that ended a day ago, with the names and verifiers in them; how many rows.

    The event log keeps what has to be kept; a proof may use a visit for 15 minutes after its end.
    """
    ended = ActivationSession.objects.filter(expires_at__lt=clock.now() - timedelta(days=1))
    return ended.delete()[0]
