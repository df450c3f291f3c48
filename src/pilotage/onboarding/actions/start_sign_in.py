"""Start sign-in: from our page to Microsoft's, with state, nonce and PKCE kept on this side."""

from django.conf import settings

from pilotage.kernel.actor import Actor
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity import start_sign_in as microsoft_sign_in
from pilotage.onboarding.errors import MicrosoftUnavailable
from pilotage.onboarding.models import ActivationSession, RedirectState
from pilotage.onboarding.refuse import refuse
from pilotage.onboarding.sessions import keep_state

REDIRECT_PATH = "/auth/entra/callback"


def start_sign_in(actor: Actor, session: ActivationSession) -> str:
    """The address of Microsoft's sign-in page for this session; raises MicrosoftUnavailable."""
    try:
        start = microsoft_sign_in(
            settings.MICROSOFT,
            redirect_uri=settings.BASE_URL + REDIRECT_PATH,
            login_hint=session.link.to,
            domain_hint=session.link.customer.expected_domain,
        )
    except MicrosoftError as error:
        refuse(actor, session.link, MicrosoftUnavailable(), {"error": error.code})
    keep_state(
        session,
        RedirectState.Purpose.SIGN_IN,
        start.state,
        nonce=start.nonce,
        verifier=start.verifier,
    )
    return start.url
