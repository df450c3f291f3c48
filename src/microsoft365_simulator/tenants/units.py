"""Who is in which administrative unit: people of a place, sometimes its groups and devices."""

from __future__ import annotations

from collections.abc import Iterator

from microsoft365_simulator.tenants.definition import TenantDefinition
from microsoft365_simulator.tenants.memberships import (
    DEVICE_CODE,
    GROUP_CODE,
    USER_CODE,
    Member,
)

_SPREAD = 7919  # a prime, so that units of one tenant begin at different people


def made_members(unit: int, definition: TenantDefinition) -> Iterator[Member]:
    """The members of a unit that follow from the seed; every sixth unit is empty.

    The first holds a quarter of the people, the next ones ever fewer, as in a real tenant.
    """
    if unit % 6 == 5:
        return
    offset = unit * _SPREAD
    if unit % 3 == 0:
        for nth in range(min(2, definition.groups)):
            yield GROUP_CODE, (offset + nth) % definition.groups
    if unit % 4 == 1:
        for nth in range(min(5, definition.devices)):
            yield DEVICE_CODE, (offset + nth) % definition.devices
    for nth in range(definition.users // (4 * (unit + 1))):
        yield USER_CODE, (offset + nth) % definition.users
