"""The keys that Microsoft signs id tokens with, remembered and fetched anew for an unknown id."""

from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from pilotage.microsoft.identity.exchange import get_json
from pilotage.microsoft.identity.remembered import Remembered
from pilotage.microsoft.settings import MicrosoftSettings

MIN_BITS = 2_048
_key_sets: Remembered[tuple[MicrosoftSettings, str], dict[str, "SigningKey"]] = Remembered(3_600)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key; `issuer` is the only issuer (or template of one) that may use it, or ""."""

    key: RSAKey
    issuer: str


def signing_key(settings: MicrosoftSettings, jwks_uri: str, key_id: str) -> SigningKey | None:
    """The key named `key_id`; an unknown one makes the set be fetched once more.

    Microsoft rolls its keys over without notice, so a remembered set may be too old. Source:
    https://learn.microsoft.com/entra/identity-platform/signing-key-rollover
    """
    where = (settings, jwks_uri)
    found = _key_sets.get(where, lambda: _read(settings, jwks_uri))
    if key_id not in found:
        _key_sets.forget(where)
        found = _key_sets.get(where, lambda: _read(settings, jwks_uri))
    return found.get(key_id)


def _read(settings: MicrosoftSettings, jwks_uri: str) -> dict[str, SigningKey]:
    listed = get_json(settings, jwks_uri).get("keys")
    found: dict[str, SigningKey] = {}
    for item in listed if isinstance(listed, list) else []:
        key = _signing_key(item) if isinstance(item, dict) else None
        if key is not None:
            found[item["kid"]] = key
    return found


def _signing_key(item: dict[str, Any]) -> SigningKey | None:
    """The key if it is an RSA key for signatures; only its numbers are taken over."""
    if item.get("kty") != "RSA" or item.get("use", "sig") != "sig":
        return None
    if not isinstance(item.get("kid"), str):
        return None
    try:
        key = RSAKey.import_key({"kty": "RSA", "n": item["n"], "e": item["e"]})
        bits = key.public_key.key_size
    except (JoseError, KeyError, ValueError, TypeError):
        return None
    issuer = item.get("issuer")
    return SigningKey(key, issuer if isinstance(issuer, str) else "") if bits >= MIN_BITS else None
