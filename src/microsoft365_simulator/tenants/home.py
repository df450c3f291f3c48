"""What every object of one tenant has in common: ids, noise, dates, the domain."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import blake2b

from microsoft365_simulator.tenants.definition import TenantDefinition
from microsoft365_simulator.tenants.object_ids import Blocks, ObjectIds
from microsoft365_simulator.tenants.persona import Persona, personas

LONGEST_DAYS = 4096
CAST_SIZE = 5


class Home:
    """The constants of a tenant, made once and shared by all its objects."""

    def __init__(self, definition: TenantDefinition) -> None:
        self.definition = definition
        self.domain = definition.domain
        self.initial_domain = definition.domain.split(".")[0] + ".onmicrosoft.com"
        self.ids = ObjectIds(definition.seed)
        self.noise = Blocks(definition.seed, "noise")
        self.personas: list[Persona] = personas(definition.seed, premium=definition.premium)
        start = datetime.fromisoformat(definition.epoch).replace(tzinfo=UTC)
        self._days = [
            (start - timedelta(days=back)).date().isoformat() for back in range(LONGEST_DAYS)
        ]
        self._times = [f"T{b % 24:02}:{b % 60:02}:{b * 7 % 60:02}Z" for b in range(256)]

    def when(self, days_back: int, byte: int) -> str:
        """A moment `days_back` before the epoch day; the byte decides the time of day."""
        return self._days[days_back % LONGEST_DAYS] + self._times[byte]

    @cached_property
    def role_holders_id(self) -> str:
        """The id of the group that licences are assigned through, and roles."""
        return self.ids.of(2, 0)

    @cached_property
    def security_identifier(self) -> str:
        """The head of the on-premises SIDs."""
        value = blake2b(self.definition.tenant_id.encode(), digest_size=12).digest()
        parts = (int.from_bytes(value[at : at + 4], "big") for at in (0, 4, 8))
        return "S-1-5-21-" + "-".join(str(part) for part in parts)
