"""Reading the payload of a token that is not ours to validate.

An access token is for Graph, which checks it; its claims are looked at only to see early whether
all permissions have arrived. Nothing is allowed because of them.
"""

import base64
import binascii
from typing import Any

import msgspec


def payload_of(token: str) -> dict[str, Any]:
    """The claims of a JSON Web Token, unverified; {} when it is no such token."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        claims = msgspec.json.decode(base64.urlsafe_b64decode(padded))
    except (binascii.Error, msgspec.DecodeError, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}
