"""The identity platform's errors: AADSTS codes with the OAuth error each comes as.

Codes and OAuth errors: learn.microsoft.com/entra/identity-platform/reference-error-codes.
The sentences say the same in our words; clients must not depend on them.
"""

from __future__ import annotations

import uuid
from typing import NamedTuple

from microsoft365_simulator import clock


class _Meaning(NamedTuple):
    error: str
    status: int
    text: str


_MEANINGS = {
    16000: _Meaning("interaction_required", 400, "Several accounts are signed in; choose one."),
    50011: _Meaning(
        "invalid_request", 400, "The redirect URI '{uri}' is not one of application '{client}'."
    ),
    50020: _Meaning(
        "invalid_grant",
        400,
        "User account '{login}' does not exist in tenant '{tenant}' and cannot use '{client}' in "
        "that tenant. Sign out and sign in again with another account.",
    ),
    50034: _Meaning("invalid_grant", 400, "The user account {login} does not exist in {tenant}."),
    50057: _Meaning("invalid_grant", 400, "The user account {login} is disabled."),
    50058: _Meaning("login_required", 400, "A silent sign-in was asked for, nobody is signed in."),
    50059: _Meaning("invalid_request", 400, "Neither request nor credentials name a tenant."),
    50196: _Meaning("invalid_grant", 400, "The server found the client in a loop and ended it."),
    50194: _Meaning(
        "invalid_request", 400, "Application '{client}' is not configured for many tenants."
    ),
    53003: _Meaning(
        "invalid_grant", 400, "Access was blocked by a Conditional Access policy of the tenant."
    ),
    54005: _Meaning("invalid_grant", 400, "The authorization code was already redeemed."),
    65001: _Meaning(
        "invalid_grant", 400, "Nobody has consented to use application '{client}' in the tenant."
    ),
    65004: _Meaning(
        "access_denied",
        400,
        "The resource owner or authorization server denied the request: consent was declined.",
    ),
    70000: _Meaning("invalid_grant", 400, "The provided grant is not valid."),
    70003: _Meaning("unsupported_grant_type", 400, "The grant type '{value}' is not supported."),
    70008: _Meaning("invalid_grant", 400, "The authorization code or refresh token has expired."),
    70011: _Meaning("invalid_scope", 400, "The scope '{value}' is not valid."),
    90002: _Meaning(
        "invalid_request", 400, "Tenant '{tenant}' not found. Check the tenant id and the cloud."
    ),
    90014: _Meaning("invalid_request", 400, "The required field '{value}' is missing."),
    90055: _Meaning("temporarily_unavailable", 429, "There are too many requests of the tenant."),
    90033: _Meaning("temporarily_unavailable", 503, "A transient error happened. Try again."),
    90094: _Meaning(
        "access_denied", 400, "An administrator has to grant the permissions '{client}' asks for."
    ),
    90130: _Meaning(
        "invalid_request", 400, "'{client}' is not supported over /common or /consumers."
    ),
    500011: _Meaning(
        "invalid_resource", 400, "The resource principal {value} was not found in {tenant}."
    ),
    500014: _Meaning(
        "invalid_resource", 400, "The service principal for resource '{value}' is disabled."
    ),
    500112: _Meaning(
        "invalid_client",
        401,
        "The reply address differs from the one of the authorization request.",
    ),
    501481: _Meaning("invalid_grant", 400, "The Code_Verifier does not match the code_challenge."),
    650052: _Meaning(
        "invalid_client",
        401,
        "The organization '{tenant}' lacks a service principal for a service the app needs.",
    ),
    700016: _Meaning(
        "unauthorized_client", 400, "Application '{client}' was not found in '{tenant}'."
    ),
    700023: _Meaning(
        "invalid_client", 401, "The audience of the client assertion is not this token endpoint."
    ),
    700024: _Meaning(
        "invalid_client", 401, "The client assertion is not within its valid time range."
    ),
    700027: _Meaning("invalid_client", 401, "The client assertion is not valid. [{value}]"),
    700054: _Meaning(
        "unsupported_response_type", 400, "response_type '{value}' is not enabled for the app."
    ),
    700007: _Meaning("invalid_client", 401, "Subject and issuer must be the client id. [{value}]"),
    900144: _Meaning("invalid_request", 400, "The request must contain the parameter '{value}'."),
    900561: _Meaning("invalid_request", 405, "The endpoint only accepts POST requests."),
    1002012: _Meaning(
        "invalid_scope", 400, "Client credential flows need a '/.default' scope, not '{value}'."
    ),
    7000112: _Meaning("unauthorized_client", 400, "Application '{client}' is disabled."),
    7000215: _Meaning(
        "invalid_client", 401, "Invalid client secret provided for application '{client}'."
    ),
    7000216: _Meaning(
        "invalid_client", 401, "'client_assertion' or 'client_secret' is required for this grant."
    ),
    7000218: _Meaning(
        "invalid_client", 401, "The body needs 'client_assertion' or 'client_secret'."
    ),
    7000222: _Meaning(
        "invalid_client", 401, "The client secret keys of app '{client}' are expired."
    ),
    7000229: _Meaning(
        "invalid_client",
        401,
        "The client application {client} is missing service principal in the tenant {tenant}.",
    ),
    5000225: _Meaning(
        "interaction_required", 400, "This tenant has been blocked due to inactivity."
    ),
    9002313: _Meaning("invalid_request", 400, "The request is malformed or not valid."),
    9002326: _Meaning("invalid_request", 400, "The parameter '{value}' is not valid here."),
}


class SignInError(Exception):
    """A refusal of the identity platform, by its AADSTS number."""

    def __init__(self, code: int, **values: str) -> None:
        meaning = _MEANINGS.get(code, _Meaning("invalid_request", 400, "The request was refused."))
        self.code = code
        self.error = meaning.error
        self.status = meaning.status
        self.values = values
        self.text = meaning.text.format_map(_Blank(values))
        super().__init__(f"AADSTS{code}: {self.text}")

    def description(self, trace_id: str, correlation_id: str) -> str:
        return (
            f"AADSTS{self.code}: {self.text} Trace ID: {trace_id} "
            f"Correlation ID: {correlation_id} Timestamp: {clock.login_time()}"
        )

    def body(self, correlation_id: str | None) -> dict[str, object]:
        """The JSON of the token endpoint."""
        trace_id, correlation = str(uuid.uuid4()), correlation_id or str(uuid.uuid4())
        return {
            "error": self.error,
            "error_description": self.description(trace_id, correlation),
            "error_codes": [self.code],
            "timestamp": clock.login_time(),
            "trace_id": trace_id,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.code}",
        }


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
