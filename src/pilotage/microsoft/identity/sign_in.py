"""Signing an administrator in: authorization code with PKCE (RFC 6749, RFC 7636).

The code is exchanged here and not by MSAL, for three reasons: MSAL asks for `offline_access`
unless told otherwise and keeps what it gets in a cache, whereas nothing may outlive this sign-in;
it no longer validates id tokens, which is the very point here; and its errors lose the evidence.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from pilotage.microsoft.identity.admin import SignedInAdmin, admin_of
from pilotage.microsoft.identity.browser import authorization_endpoint
from pilotage.microsoft.identity.discovery import ANY_WORK_ACCOUNT, discover
from pilotage.microsoft.identity.errors import TokenRejected
from pilotage.microsoft.identity.exchange import post_form
from pilotage.microsoft.identity.id_token import MAX_AGE_SECONDS, validated_claims
from pilotage.microsoft.settings import MicrosoftSettings

SCOPE = "openid profile"


@dataclass(frozen=True, slots=True)
class SignInStart:
    """Where to send the browser, and three values to keep on this side until it is back."""

    url: str
    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


def start_sign_in(
    settings: MicrosoftSettings,
    *,
    redirect_uri: str,
    login_hint: str = "",
    domain_hint: str = "",
) -> SignInStart:
    """A fresh sign-in for any work account; state, nonce and verifier have 256 bits each.

    Raises an IdentityError when the sign-in server cannot be reached.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": settings.signin_client_id,
        "response_type": "code",
        "redirect_uri": redirect_uri,
        # Query: form_post would need cookies that other sites' forms may send.
        "response_mode": "query",
        "scope": SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "prompt": "select_account",
        "max_age": str(MAX_AGE_SECONDS),
        "login_hint": login_hint,
        "domain_hint": domain_hint,
    }
    endpoint = authorization_endpoint(settings)
    given = urlencode({name: value for name, value in query.items() if value})
    return SignInStart(
        f"{endpoint}{'&' if '?' in endpoint else '?'}{given}", state, nonce, verifier
    )


def finish_sign_in(
    settings: MicrosoftSettings,
    *,
    code: str,
    redirect_uri: str,
    verifier: str,
    nonce: str,
    now: datetime,
) -> SignedInAdmin:
    """Redeem `code` and say who signed in.

    The caller has compared and used up the `state` before. Raises CodeAlreadyUsed, CodeExpired,
    PersonalAccount, TokenRejected and the other errors of `identity.errors`.
    """
    endpoint = discover(settings, ANY_WORK_ACCOUNT).token_endpoint
    answer = post_form(
        settings,
        endpoint,
        {
            "client_id": settings.signin_client_id,
            "client_secret": settings.signin_client_secret,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "scope": SCOPE,
        },
    )
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise TokenRejected("missing")
    return admin_of(validated_claims(settings, token, nonce=nonce, now=now))
