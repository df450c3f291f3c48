"""The identity platform: discovery, sign-in, admin consent and app-only tokens."""

from pilotage.microsoft.identity.admin import SignedInAdmin
from pilotage.microsoft.identity.app_token import AppToken, AppTokens, fetch_app_token
from pilotage.microsoft.identity.consent import (
    ConsentAnswer,
    ConsentOutcome,
    consent_answer,
    consent_url,
    sign_in_refusal,
)
from pilotage.microsoft.identity.discovery import (
    CONSUMER_TENANT,
    Discovery,
    discover,
    resolve_tenant,
)
from pilotage.microsoft.identity.roles import CONSENTING_ROLES, can_consent, is_consenting
from pilotage.microsoft.identity.sign_in import SignInStart, finish_sign_in, start_sign_in

__all__ = [
    "CONSENTING_ROLES",
    "CONSUMER_TENANT",
    "AppToken",
    "AppTokens",
    "ConsentAnswer",
    "ConsentOutcome",
    "Discovery",
    "SignInStart",
    "SignedInAdmin",
    "can_consent",
    "consent_answer",
    "consent_url",
    "discover",
    "fetch_app_token",
    "finish_sign_in",
    "is_consenting",
    "resolve_tenant",
    "sign_in_refusal",
    "start_sign_in",
]
