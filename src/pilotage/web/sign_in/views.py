"""allauth's views, each with what it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from pilotage.partners.errors import NotInTheDemo
from pilotage.web.public import needs_session_only, public
from pilotage.web.sign_in.demo import sample_operators
from pilotage.web.sign_in.second_step import TYPES, is_demo, mark_set_up

View = Callable[..., HttpResponse]


def _wrapped(view: View) -> View:
    """A function of our own, so that the marks do not stick to allauth's."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        return view(request, *args, **options)

    return wrapped


def _not_in_demo(view: View) -> View:
    """For operators about their own account."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if is_demo(request.session):
            raise NotInTheDemo
        return view(request, *args, **options)

    return wrapped


def _sets_up(view: View) -> View:
    """A view with which an operator's first second step may begin to exist, in this session."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        had_one = is_mfa_enabled(request.user, TYPES)
        response = view(request, *args, **options)
        if not had_one and is_mfa_enabled(request.user, TYPES):
            mark_set_up(request.session)
        return response

    return wrapped


def _own_account(view: View) -> View:
    """The same, also before they have a second step."""
    return needs_session_only(_not_in_demo(view))


# A function, which the template calls: the page of a demo asks anew each time.
_PEOPLE = {"sample_operators": sample_operators if settings.IS_DEMO else None}

login = public(account.LoginView.as_view(extra_context=_PEOPLE))
logout = public(_wrapped(account.logout))
inactive = public(_wrapped(account.account_inactive))
second_step = public(_wrapped(mfa.authenticate))
passkey_login = public(_wrapped(webauthn.login_webauthn))

reauthenticate = _own_account(account.reauthenticate)
reauthenticate_code = _own_account(mfa.reauthenticate)
reauthenticate_passkey = _own_account(webauthn.reauthenticate_webauthn)
change_password = _own_account(account.password_change)
security = _not_in_demo(mfa.index)
activate_totp = _own_account(_sets_up(totp.activate_totp))
deactivate_totp = _own_account(totp.deactivate_totp)
list_passkeys = _not_in_demo(webauthn.list_webauthn)
add_passkey = _own_account(_sets_up(webauthn.add_webauthn))
edit_passkey = _own_account(webauthn.edit_webauthn)
remove_passkey = _own_account(webauthn.remove_webauthn)
view_recovery_codes = _own_account(recovery_codes.view_recovery_codes)
generate_recovery_codes = _own_account(recovery_codes.generate_recovery_codes)
download_recovery_codes = _own_account(recovery_codes.download_recovery_codes)


@_own_account
def second_step_needed(request: HttpRequest) -> HttpResponse:
    """Choose between authenticator app and passkey; until then nothing else opens."""
    if is_mfa_enabled(request.user, TYPES):
        return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "sign_in/second_step_needed.html")
