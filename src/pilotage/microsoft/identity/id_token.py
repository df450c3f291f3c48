"""Validation of id tokens, check by check; MSAL leaves it to the application since 1.38.

Sources: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference,
https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens and
OpenID Connect Core 1.0, 3.1.3.7. The issuer of `organizations` is a template; the tenant is
filled in from the token and the result compared, never skipped.
"""

import hmac
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from joserfc import jws
from joserfc.errors import JoseError

from pilotage.microsoft.identity.discovery import (
    ANY_WORK_ACCOUNT,
    CONSUMER_TENANT,
    Discovery,
    discover,
)
from pilotage.microsoft.identity.errors import PersonalAccount, TokenRejected
from pilotage.microsoft.identity.keys import SigningKey, signing_key
from pilotage.microsoft.settings import MicrosoftSettings

LEEWAY_SECONDS = 120
MAX_AGE_SECONDS = 600
SIZE_CAP = 32 * 1024
_ALGORITHM = "RS256"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Claims = dict[str, Any]


class _Signatures(jws.JWSRegistry):
    """One algorithm; header members that nobody asked for are allowed, `crit` ones are not."""

    max_header_length = 8 * 1024


_SIGNATURES = _Signatures(algorithms=[_ALGORITHM], strict_check_header=False)


def validated_claims(
    settings: MicrosoftSettings, token: str, *, nonce: str, now: datetime
) -> Claims:
    """The claims of a genuine id token for the sign-in application.

    Raises TokenRejected with the `reason`, PersonalAccount, or an IdentityError when Microsoft's
    keys cannot be had.
    """
    described = discover(settings, ANY_WORK_ACCOUNT)
    claims, key = _verified(settings, described, token)
    _check_times(claims, now.timestamp())
    _check_audience(claims, settings.signin_client_id)
    _check_nonce(claims, nonce)
    tenant_id = _check_tenant(claims)
    _check_issuer(claims, key, _issuer(settings, described, tenant_id), tenant_id)
    _check_subject(claims)
    return claims


def _verified(
    settings: MicrosoftSettings, described: Discovery, token: str
) -> tuple[Claims, SigningKey]:
    """The claims, once the signature is known to be by one of Microsoft's keys."""
    if len(token) > SIZE_CAP:
        raise TokenRejected("too_large")
    header = _header(token)
    if header.get("alg") != _ALGORITHM:
        raise TokenRejected("algorithm")
    key_id = header.get("kid")
    if not isinstance(key_id, str):
        raise TokenRejected("key_id_missing")
    key = signing_key(settings, described.jwks_uri, key_id)
    if key is None:
        raise TokenRejected("key_unknown")
    try:
        payload = jws.deserialize_compact(token, key.key, registry=_SIGNATURES).payload
        claims = msgspec.json.decode(payload)
    except (JoseError, ValueError) as error:
        raise TokenRejected("signature") from error
    if not isinstance(claims, dict):
        raise TokenRejected("malformed")
    return claims, key


def _header(token: str) -> dict[str, Any]:
    try:
        return jws.extract_compact(token.encode(), registry=_SIGNATURES).headers()
    except (JoseError, ValueError) as error:
        raise TokenRejected("malformed") from error


def _check_times(claims: Claims, now: float) -> None:
    expires, issued = _seconds(claims, "exp"), _seconds(claims, "iat")
    if expires is None or issued is None:
        raise TokenRejected("time_missing")
    if now >= expires + LEEWAY_SECONDS:
        raise TokenRejected("expired")
    not_before = _seconds(claims, "nbf")
    if now < issued - LEEWAY_SECONDS or now < (not_before or 0) - LEEWAY_SECONDS:
        raise TokenRejected("not_yet_valid")
    authenticated = _seconds(claims, "auth_time")
    if authenticated is not None and now - authenticated > MAX_AGE_SECONDS + LEEWAY_SECONDS:
        raise TokenRejected("sign_in_too_old")


def _seconds(claims: Claims, name: str) -> float | None:
    """A NumericDate (RFC 7519, 2), or None when absent; any other type is refused."""
    value = claims.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise TokenRejected("time_malformed")
    return value


def _check_audience(claims: Claims, client_id: str) -> None:
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) == 1:
        audience = audience[0]
    if not isinstance(audience, str) or audience.lower() != client_id.lower():
        raise TokenRejected("audience")


def _check_nonce(claims: Claims, nonce: str) -> None:
    given = claims.get("nonce")
    if not nonce or not isinstance(given, str):
        raise TokenRejected("nonce")
    if not hmac.compare_digest(given.encode(), nonce.encode()):
        raise TokenRejected("nonce")


def _check_tenant(claims: Claims) -> str:
    tenant_id = claims.get("tid")
    if not isinstance(tenant_id, str) or not _GUID.fullmatch(tenant_id):
        raise TokenRejected("tenant")
    if UUID(tenant_id) == CONSUMER_TENANT:
        raise PersonalAccount
    return tenant_id


def _issuer(settings: MicrosoftSettings, described: Discovery, tenant_id: str) -> str:
    """The only issuer that this tenant's tokens may have; the tenant must be a part of it."""
    if not described.is_template:
        described = discover(settings, tenant_id)
    issuer = described.issuer_of(tenant_id)
    if tenant_id not in issuer:
        raise TokenRejected("issuer")
    return issuer


def _check_issuer(claims: Claims, key: SigningKey, issuer: str, tenant_id: str) -> None:
    if claims.get("iss") != issuer:
        raise TokenRejected("issuer")
    if key.issuer and key.issuer.replace("{tenantid}", tenant_id) != issuer:
        raise TokenRejected("key_issuer")


def _check_subject(claims: Claims) -> None:
    """`oid` names the person in the tenant, `sub` in the application; both have to be there."""
    object_id, subject = claims.get("oid"), claims.get("sub")
    if not isinstance(object_id, str) or not _GUID.fullmatch(object_id.lower()):
        raise TokenRejected("object_id")
    if not isinstance(subject, str) or not subject:
        raise TokenRejected("subject")
    if claims.get("ver", "2.0") != "2.0":
        raise TokenRejected("version")
