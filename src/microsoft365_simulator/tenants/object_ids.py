"""Object ids that lead back to the object without a table.

An id is one AES block over (kind, index): with the seed's key it can be made for any index and
read back to it, so a tenant of a million users keeps no list of ids. Two tenants with the same
seed have the same ids, which is what tests of cross-tenant mix-ups want.
"""

from collections.abc import Iterable
from hashlib import blake2b

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_ZEROS = bytes(8)


def guid(block: bytes) -> str:
    """Sixteen bytes as a lower-case GUID."""
    text = block.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def derived_guid(*parts: object) -> str:
    """A GUID that depends on nothing but the given parts."""
    text = "\x1f".join(str(part) for part in parts)
    return guid(blake2b(text.encode(), digest_size=16).digest())


class Blocks:
    """Sixteen pseudo-random bytes for each (kind, index), in bulk and reversible."""

    def __init__(self, seed: int, purpose: str) -> None:
        key = blake2b(f"{purpose}:{seed}".encode(), digest_size=16).digest()
        # ECB on purpose: a permutation of distinct blocks is wanted here, not secrecy.
        self._cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305

    def many(self, kind: int, indices: Iterable[int]) -> list[bytes]:
        """One block for each index, in the given order."""
        head = kind.to_bytes(2, "big")
        plain = b"".join(head + index.to_bytes(6, "big") + _ZEROS for index in indices)
        sealed = self._cipher.encryptor().update(plain)
        return [sealed[at : at + 16] for at in range(0, len(sealed), 16)]

    def one(self, kind: int, index: int) -> bytes:
        return self.many(kind, (index,))[0]

    def opened(self, block: bytes) -> tuple[int, int] | None:
        """The (kind, index) a block was made of, or None when it was not made here."""
        plain = self._cipher.decryptor().update(block)
        if plain[8:] != _ZEROS:
            return None
        return int.from_bytes(plain[:2], "big"), int.from_bytes(plain[2:8], "big")


class ObjectIds:
    """The ids of one seed's objects."""

    def __init__(self, seed: int) -> None:
        self._blocks = Blocks(seed, "object-id")

    def of(self, kind: int, index: int) -> str:
        return guid(self._blocks.one(kind, index))

    def many(self, kind: int, indices: Iterable[int]) -> list[str]:
        return [guid(block) for block in self._blocks.many(kind, indices)]

    def find(self, object_id: str) -> tuple[int, int] | None:
        """The (kind, index) behind an id, or None for an id that is not of this seed."""
        try:
            block = bytes.fromhex(object_id.replace("-", ""))
        except ValueError:
            return None
        return self._blocks.opened(block) if len(block) == 16 else None
