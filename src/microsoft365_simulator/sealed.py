"""Opaque tokens that carry their own content: page tokens, delta tokens, sign-in cookies."""

from __future__ import annotations

import base64
import binascii
from hashlib import blake2b
from hmac import compare_digest
from typing import TypeVar

import msgspec

_MAC_BYTES = 9
T = TypeVar("T")


class BrokenSeal(ValueError):
    """A token that was not made here, or was altered."""


class Seal:
    """Writes and reads opaque tokens; the same content gives the same token."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def close(self, purpose: str, content: object) -> str:
        body = msgspec.msgpack.encode(content)
        return base64.urlsafe_b64encode(self._mac(purpose, body) + body).rstrip(b"=").decode()

    def open(self, purpose: str, token: str, shape: type[T]) -> T:
        """The content; raises BrokenSeal."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            mac, body = sealed[:_MAC_BYTES], sealed[_MAC_BYTES:]
            if compare_digest(mac, self._mac(purpose, body)):
                return msgspec.msgpack.decode(body, type=shape)
        except (binascii.Error, msgspec.DecodeError, ValueError) as error:
            raise BrokenSeal(purpose) from error
        raise BrokenSeal(purpose)

    def _mac(self, purpose: str, body: bytes) -> bytes:
        keyed = blake2b(body, key=self._key, person=purpose.encode()[:16], digest_size=_MAC_BYTES)
        return keyed.digest()
