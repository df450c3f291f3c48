"""Whether an operator has shown, or can show, a second step."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from pilotage.partners.models import Operator

_DEMO = "demo_sign_in"
TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_step(request: HttpRequest, operator: Operator) -> bool:
    """Whether the operator has a second step; then allauth asked for it at sign-in.

    Only the demo's one-click sessions go without.
    """
    return is_demo(request.session) or is_mfa_enabled(operator, TYPES)


def mark_demo(session: SessionBase) -> None:
    """Make this a one-click session of the demo."""
    session[_DEMO] = True


def is_demo(session: SessionBase) -> bool:
    """Whether this is a one-click session, in a demo."""
    return bool(settings.IS_DEMO and session.get(_DEMO))
