"""Whether an operator has shown, or can show, a second step."""

from enum import StrEnum

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from pilotage.partners.models import Operator

_DEMO = "demo_sign_in"
_SET_UP = "second_step_set_up"
TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Standing(StrEnum):
    """What a session is worth."""

    # It has shown the second step, or is a one-click session of the demo.
    SHOWN = "shown"
    # The operator has no second step yet, and has to set one up first.
    NOT_SET_UP = "not_set_up"
    # Nothing any more: it was begun with the password alone, before the second step was set up,
    # perhaps by somebody else; or in a demo that is no demo any more.
    WORTHLESS = "worthless"


def standing_of(request: HttpRequest, operator: Operator) -> Standing:
    """What this very session has shown: at sign-in, or by setting the second step up."""
    session = request.session
    if session.get(_DEMO):
        return Standing.SHOWN if settings.IS_DEMO else Standing.WORTHLESS
    if not is_mfa_enabled(operator, TYPES):
        return Standing.NOT_SET_UP
    records = get_authentication_records(request, operator)
    has_shown = session.get(_SET_UP) or any(r.get("method") == "mfa" for r in records)
    return Standing.SHOWN if has_shown else Standing.WORTHLESS


def mark_set_up(session: SessionBase) -> None:
    """The second step was set up in this session, which has shown that it has it."""
    session[_SET_UP] = True


def mark_demo(session: SessionBase) -> None:
    """Make this a one-click session of the demo."""
    session[_DEMO] = True


def is_demo(session: SessionBase) -> bool:
    """Whether this is a one-click session, in a demo."""
    return bool(settings.IS_DEMO and session.get(_DEMO))
