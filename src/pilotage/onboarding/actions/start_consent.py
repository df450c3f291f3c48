"""Start consent: to Microsoft's consent page of the verified tenant, never of `organizations`."""

import secrets

from django.conf import settings
from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel.actor import Actor
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity import consent_url
from pilotage.onboarding.errors import MicrosoftUnavailable
from pilotage.onboarding.models import ActivationSession, RedirectState
from pilotage.onboarding.refuse import refuse
from pilotage.onboarding.sessions import check_unused, keep_state, require_sign_in

REDIRECT_PATH = "/auth/entra/consent"


def start_consent(actor: Actor, session: ActivationSession) -> str:
    """The address of the consent page; raises OutOfOrder before sign-in, LinkUsed after use."""
    require_sign_in(session)
    check_unused(session.link)
    tenant_id = session.admin_tenant_id
    assert tenant_id is not None  # noqa: S101 - require_sign_in has raised otherwise
    state = secrets.token_urlsafe(32)
    try:
        address = consent_url(
            settings.MICROSOFT,
            tenant_id=tenant_id,
            redirect_uri=settings.BASE_URL + REDIRECT_PATH,
            state=state,
        )
    except MicrosoftError as error:
        refuse(actor, session.link, MicrosoftUnavailable(), {"error": error.code})
    with transaction.atomic():
        keep_state(session, RedirectState.Purpose.CONSENT, state)
        record(actor, "consent.started", customer=session.link.customer)
    return address
