"""Roles that applications offer, and who has them: users, groups and other applications.

Few applications are used by many, most by a handful or by nobody, as in a real tenant.
"""

from __future__ import annotations

from collections.abc import Iterator

from microsoft365_simulator.tenants.home import Home
from microsoft365_simulator.tenants.memberships import GROUP_CODE, USER_CODE, Member
from microsoft365_simulator.tenants.object_ids import derived_guid

PRINCIPAL_CODE = 4
FIRST_OF_TENANT = 7  # the service principals before are Microsoft's own
# What Graph gives for an application that offers no roles: "default access".
DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"
_NAMES = ("User", "Administrator")
# What part of all users the most popular applications have: three fifths, a fifth, a twentieth.
_POPULAR = ((3, 5), (1, 5), (1, 20))


def offered(home: Home, application: int, noise: bytes) -> list[dict[str, object]]:
    """The value of `appRoles`: two roles, or none."""
    if application < FIRST_OF_TENANT or noise[11] < 140:
        return []
    return [
        {
            "allowedMemberTypes": ["User", "Application"],
            "description": f"{name} of the application",
            "displayName": name,
            "id": derived_guid("app-role", home.definition.seed, application, name),
            "isEnabled": True,
            "origin": "Application",
            "value": name,
        }
        for name in _NAMES
    ]


def roles_held(offered_roles: list[dict[str, object]], member: Member) -> list[str]:
    """Ids of the roles somebody assigned to the application has: one, rarely two."""
    if not offered_roles:
        return [DEFAULT_ACCESS]
    ids = [str(role["id"]) for role in offered_roles]
    number = member[1]
    if number % 40 == 0:
        return ids
    return ids[1:] if number % 10 == 0 else ids[:1]


def made_principals(home: Home, application: int, total: int) -> Iterator[Member]:
    """Who is assigned to an application; `total` is the number of made service principals."""
    place = application - FIRST_OF_TENANT
    if place < 0 or application >= total or not home.definition.assignments:
        return
    noise = home.noise.one(PRINCIPAL_CODE, application)
    definition = home.definition
    offset = int.from_bytes(noise[:5], "big")
    if noise[10] < 20 and application + 1 < total:
        yield PRINCIPAL_CODE, application + 1
    for nth in range(_groups(noise, definition.groups)):
        yield GROUP_CODE, (offset + nth) % definition.groups
    for nth in range(_people(place, noise, definition.users)):
        yield USER_CODE, (offset + nth) % definition.users


def _groups(noise: bytes, groups: int) -> int:
    return min(1 + noise[9] % 3, groups) if noise[8] < 40 else 0


def _people(place: int, noise: bytes, users: int) -> int:
    if place < len(_POPULAR):
        part, whole = _POPULAR[place]
        return users * part // whole
    if noise[6] < 150:
        return 0
    few = 1 + noise[7] % 12
    return min(users, few if noise[6] < 230 else few + noise[7] % 50)
