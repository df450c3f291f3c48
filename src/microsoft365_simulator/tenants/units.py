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
    for code, total, count in _runs(unit, definition):
        for nth in range(count):
            yield code, (unit * _SPREAD + nth) % total


def holds(unit: int, definition: TenantDefinition, member: Member) -> bool:
    """Whether the seed put a member into a unit, without going through all of them."""
    code, index = member
    return any(
        code == of and index < total and (index - unit * _SPREAD) % total < count
        for of, total, count in _runs(unit, definition)
    )


def _runs(unit: int, definition: TenantDefinition) -> list[tuple[int, int, int]]:
    """Of each kind: (code, how many there are, how many of them in a row are in the unit)."""
    if unit % 6 == 5:
        return []
    groups = min(2, definition.groups) if unit % 3 == 0 else 0
    devices = min(5, definition.devices) if unit % 4 == 1 else 0
    return [
        (GROUP_CODE, max(1, definition.groups), groups),
        (DEVICE_CODE, max(1, definition.devices), devices),
        (USER_CODE, definition.users, definition.users // (4 * (unit + 1))),
    ]
