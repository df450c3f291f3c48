"""What sort of account someone has: a shuffled thousand, so that counts are exact arithmetic."""

from dataclasses import dataclass
from hashlib import blake2b

from microsoft365_simulator.tenants.licences import BASIC_BUNDLES, PREMIUM_BUNDLES, assigned

CYCLE = 1000


@dataclass(frozen=True, slots=True)
class Persona:
    """Person number i of a tenant has the persona number i modulo a thousand."""

    is_guest: bool
    is_enabled: bool
    is_invited: bool
    is_synced: bool
    bundle: tuple[str, ...]
    assigned_licenses: list[dict[str, object]]
    awkward: int | None


def personas(seed: int, *, premium: bool) -> list[Persona]:
    """The thousand sorts of account of a tenant, in an order that the seed decides."""
    bundles = PREMIUM_BUNDLES if premium else BASIC_BUNDLES
    bundle_of = [bundle for count, bundle in bundles for _ in range(count)]
    return [_persona(slot, bundle_of[slot]) for slot in _shuffled(seed)]


def _persona(slot: int, bundle: tuple[str, ...]) -> Persona:
    """Of a thousand: 90 guests, 80 disabled (40 still licensed), 60 members without licence."""
    spread = slot * 389 % CYCLE
    is_guest = spread < 90
    is_disabled = 90 <= spread < 170
    is_unlicensed = is_guest or 130 <= spread < 170 or 170 <= spread < 230
    held = () if is_unlicensed else bundle
    return Persona(
        is_guest=is_guest,
        is_enabled=not is_disabled,
        is_invited=spread < 20,
        is_synced=not is_guest and spread % 5 < 3,
        bundle=held,
        assigned_licenses=assigned(held),
        awkward=spread % 9 if 230 <= spread < 239 else None,
    )


def _shuffled(seed: int) -> list[int]:
    def rank(slot: int) -> bytes:
        return blake2b(f"persona:{seed}:{slot}".encode(), digest_size=8).digest()

    return sorted(range(CYCLE), key=rank)
