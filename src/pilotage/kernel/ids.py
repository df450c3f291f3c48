"""Ids: UUID version 7, so that they sort by time and index well (RFC 9562, 5.7)."""

import os
import time
import uuid
from typing import NewType

PartnerId = NewType("PartnerId", uuid.UUID)
CustomerId = NewType("CustomerId", uuid.UUID)
RunId = NewType("RunId", uuid.UUID)


def new_id() -> uuid.UUID:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, then 74 random bits."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (time.time_ns() // 1_000_000) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
