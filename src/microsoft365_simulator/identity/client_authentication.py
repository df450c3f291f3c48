"""Whether a client is who it says: by secret, or by an assertion its certificate signed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from hmac import compare_digest
from urllib.parse import unquote, urlsplit

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from microsoft365_simulator import clock
from microsoft365_simulator.applications import Registration
from microsoft365_simulator.identity.errors import SignInError

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LEEWAY_SECONDS = 300


class _AssertionRegistry(JWSRegistry):
    """MSAL puts the whole certificate chain (`x5c`) into the header."""

    max_header_length = 32_768


_ASSERTIONS = _AssertionRegistry(algorithms=["RS256", "PS256"], strict_check_header=False)


class Assertion(msgspec.Struct):
    """The claims of a client assertion that are checked."""

    aud: str = ""
    iss: str = ""
    sub: str = ""
    exp: float = 0
    nbf: float = 0


def basic_credentials(authorization: str | None) -> tuple[str, str] | None:
    """Client id and secret from an HTTP Basic header, which Microsoft accepts as well."""
    scheme, _, value = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote(name), unquote(secret)


def check_client(
    registration: Registration, form: Mapping[str, str], *, is_required: bool, missing: int
) -> None:
    """Raise SignInError unless the client proved itself in one of the two ways."""
    if form.get("client_assertion_type") == ASSERTION_TYPE and form.get("client_assertion"):
        _check_assertion(registration, form["client_assertion"])
    elif form.get("client_secret"):
        _check_secret(registration, form["client_secret"])
    elif is_required:
        raise SignInError(missing)


def _check_secret(registration: Registration, given: str) -> None:
    for secret in registration.secrets():
        if compare_digest(secret.value.encode(), given.encode()):
            if secret.expires_at is not None and secret.expires_at <= clock.now():
                raise SignInError(7000222, client=registration.client_id)
            return
    raise SignInError(7000215, client=registration.client_id)


def _check_assertion(registration: Registration, text: str) -> None:
    certificate = _signing_certificate(registration, text)
    public = certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        raise SignInError(700027, value="Reason - The key is no RSA key.")
    try:
        token = jwt.decode(text, RSAKey.import_key(public), registry=_ASSERTIONS)
        claims = msgspec.convert(token.claims, Assertion)
    except (JoseError, msgspec.ValidationError) as error:
        raise SignInError(700027, value="Reason - The signature is not valid.") from error
    if certificate.not_valid_after_utc.timestamp() < clock.now():
        raise SignInError(700027, value="Reason - The key used is expired.")
    _check_claims(registration, claims)


def _check_claims(registration: Registration, claims: Assertion) -> None:
    if claims.iss != registration.client_id or claims.sub != registration.client_id:
        raise SignInError(700007, value=claims.sub)
    if not claims.nbf - LEEWAY_SECONDS <= clock.now() < claims.exp + LEEWAY_SECONDS:
        raise SignInError(700024)
    path = urlsplit(claims.aud).path
    if not path.endswith(("/oauth2/v2.0/token", "/v2.0", "/oauth2/token")):
        raise SignInError(700023)


def _signing_certificate(registration: Registration, text: str) -> x509.Certificate:
    """The registered certificate that the assertion's header names."""
    try:
        head = text.split(".", maxsplit=1)[0]
        header = msgspec.json.decode(_unpadded(head), type=dict[str, object])
        thumbprint = _unpadded(str(header.get("x5t#S256") or header.get("x5t") or ""))
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise SignInError(700027, value="Reason - The assertion is malformed.") from error
    certificate = registration.certificate_with(thumbprint)
    if certificate is None:
        reason = f"Reason - The key was not found, Thumbprint: '{thumbprint.hex().upper()}'"
        raise SignInError(700027, value=reason)
    return certificate


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
