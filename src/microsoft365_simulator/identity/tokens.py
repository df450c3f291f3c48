"""ID tokens and access tokens, with the claims Microsoft puts into them."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

import msgspec
from joserfc import jwt
from joserfc.jwk import RSAKey

from microsoft365_simulator import certificates, clock
from microsoft365_simulator.applications import Registration
from microsoft365_simulator.faults.engine import ActiveFault
from microsoft365_simulator.identity.accounts import Account
from microsoft365_simulator.identity.grants import Grant
from microsoft365_simulator.identity.signing_keys import SigningKeys, base64url
from microsoft365_simulator.tenants.object_ids import derived_guid

LIFETIME = 3599
ID_LIFETIME = 3600
Claims = dict[str, object]


def id_token_claims(
    account: Account, registration: Registration, grant: Grant, issuer: str
) -> Claims:
    """The claims of a v2.0 ID token."""
    now = clock.now()
    claims: Claims = {
        "aud": registration.client_id,
        "iss": issuer,
        "iat": now,
        "nbf": now,
        "exp": now + ID_LIFETIME,
        "name": account.name,
        "oid": account.oid,
        "preferred_username": account.preferred_username,
        "rh": f"1.{secrets.token_urlsafe(24)}.",
        "sid": derived_guid(account.oid, grant.auth_time),
        "sub": account.subject(registration.client_id),
        "tid": account.tenant_id,
        "uti": secrets.token_urlsafe(16),
        "ver": "2.0",
    }
    if grant.nonce is not None:
        claims["nonce"] = grant.nonce
    if grant.wants_auth_time:
        claims["auth_time"] = grant.auth_time
    if account.idp is not None:
        claims["idp"] = account.idp
    if registration.group_membership_claims in ("DirectoryRole", "All") and account.wids:
        claims["wids"] = list(account.wids)
    return claims


def app_token_claims(
    registration: Registration, tenant_id: str, audience: str, roles: list[str], oid: str
) -> Claims:
    """The claims of an app-only access token; `oid` is the service principal's object id."""
    now = clock.now()
    claims: Claims = {
        "aud": audience,
        "iss": f"https://sts.windows.net/{tenant_id}/",
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME,
        "aio": secrets.token_urlsafe(24),
        "app_displayname": registration.name,
        "appid": registration.client_id,
        "appidacr": "2" if registration.certificates else "1",
        "idp": f"https://sts.windows.net/{tenant_id}/",
        "idtyp": "app",
        "oid": oid,
        "rh": f"1.{secrets.token_urlsafe(24)}.",
        "sub": oid,
        "tenant_region_scope": "EU",
        "tid": tenant_id,
        "uti": secrets.token_urlsafe(16),
        "ver": "1.0",
    }
    if roles:
        claims["roles"] = roles
    return claims


def user_token_claims(account: Account, registration: Registration, scope: str) -> Claims:
    """The claims of the access token that comes along with a sign-in."""
    now = clock.now()
    return {
        "aud": "00000003-0000-0000-c000-000000000000",
        "iss": f"https://sts.windows.net/{account.tenant_id}/",
        "iat": now,
        "nbf": now,
        "exp": now + LIFETIME,
        "appid": registration.client_id,
        "idtyp": "user",
        "name": account.name,
        "oid": account.oid,
        "scp": scope,
        "sub": account.subject("graph"),
        "tid": account.tenant_id,
        "uti": secrets.token_urlsafe(16),
        "ver": "1.0",
    }


def signed(keys: SigningKeys, claims: Claims) -> str:
    key = keys.current
    header = {"typ": "JWT", "alg": "RS256", "kid": key.key_id}
    return jwt.encode(header, dict(claims), key.private)


def tampered(keys: SigningKeys, claims: Claims, fault: ActiveFault) -> str:
    """An ID token as an attacker or a broken issuer would make it.

    Options: claims (added or replaced), remove (names), alg (none, HS256 or RS256), key
    ("foreign": a key that is in no key set), kid (written into the header).
    """
    options: Mapping[str, object] = fault.fault.options
    added, removed = options.get("claims"), options.get("remove")
    forged = {**claims, **(added if isinstance(added, dict) else {})}
    for name in removed if isinstance(removed, list) else []:
        forged.pop(str(name), None)
    algorithm = str(options.get("alg", "RS256"))
    header = {"typ": "JWT", "alg": algorithm, "kid": str(options.get("kid", keys.current.key_id))}
    if algorithm == "none":
        return _unsigned(header, forged)
    if algorithm == "HS256":
        # The classic confusion: the published public key used as a shared secret.
        return _confused(header, forged, keys.current.public.as_pem(private=False))
    is_foreign = options.get("key") == "foreign"
    key = RSAKey.import_key(certificates.new_key()) if is_foreign else keys.current.private
    return jwt.encode(header, forged, key)


def _confused(header: dict[str, str], claims: Claims, public: bytes) -> str:
    """By hand, as joserfc refuses to make it."""
    text = ".".join(base64url(msgspec.json.encode(part)) for part in (header, claims))
    return f"{text}.{base64url(hmac.digest(public, text.encode(), 'sha256'))}"


def _unsigned(header: dict[str, str], claims: Claims) -> str:
    parts = (base64url(msgspec.json.encode(part)) for part in (header, claims))
    return ".".join([*parts, ""])
