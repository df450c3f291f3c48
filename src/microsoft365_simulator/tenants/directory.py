"""One tenant's directory as it stands: every collection, and who belongs to what."""

from __future__ import annotations

from functools import cached_property

from microsoft365_simulator.tenants import units
from microsoft365_simulator.tenants.app_roles import made_principals
from microsoft365_simulator.tenants.collection import Collection
from microsoft365_simulator.tenants.definition import TenantDefinition
from microsoft365_simulator.tenants.devices import DEVICE
from microsoft365_simulator.tenants.groups import GROUP, ROLE_ASSIGNABLE
from microsoft365_simulator.tenants.home import Home
from microsoft365_simulator.tenants.links import Links
from microsoft365_simulator.tenants.memberships import MadeMemberships, Member
from microsoft365_simulator.tenants.person import Person, indices_starting_with
from microsoft365_simulator.tenants.principals import (
    ADMINISTRATIVE_UNIT,
    APPLICATION,
    FIRST_PARTY,
    SERVICE_PRINCIPAL,
)
from microsoft365_simulator.tenants.roles import DIRECTORY_ROLE, TEMPLATES, made_members
from microsoft365_simulator.tenants.users import USER

KINDS = (
    USER,
    GROUP,
    DEVICE,
    SERVICE_PRINCIPAL,
    APPLICATION,
    DIRECTORY_ROLE,
    ADMINISTRATIVE_UNIT,
)


class Directory:
    """What is in a tenant; `version` grows by one with each played change of an object."""

    def __init__(self, definition: TenantDefinition) -> None:
        self.definition = definition
        self.home = Home(definition)
        self.version = 0
        sizes = {
            USER: definition.users,
            GROUP: definition.groups,
            DEVICE: definition.devices,
            SERVICE_PRINCIPAL: len(FIRST_PARTY) + 8 + min(definition.users // 50, 2000),
            APPLICATION: 8 + min(definition.users // 200, 500),
            DIRECTORY_ROLE: len(TEMPLATES),
            ADMINISTRATIVE_UNIT: min(definition.users // 100, 40) * definition.assignments,
        }
        self.collections = {
            kind.path: Collection(kind, self.home, size)
            for kind, size in ((kind, sizes[kind]) for kind in KINDS)
        }
        self.by_code = {item.kind.code: item for item in self.collections.values()}
        self.users = self.collections["users"]
        self.groups = self.collections["groups"]
        self.devices = self.collections["devices"]
        self.made = MadeMemberships(self.home)
        self._link(definition, sizes[SERVICE_PRINCIPAL])
        # Played changes to the number of memberships, on top of `made.total`.
        self.net_memberships = 0

    def _link(self, definition: TenantDefinition, principals: int) -> None:
        """Who belongs to what; `principals` is the number of service principals of the seed."""
        self.memberships = Links(self.made.members, self.exists)
        self.role_links = Links(lambda role: made_members(role, definition.users), self.exists)
        self.unit_links = Links(
            lambda unit: units.made_members(unit, definition),
            self.exists,
            lambda unit, member: units.holds(unit, definition, member),
        )
        # Who is assigned to which application; the application is the container.
        self.assignment_links = Links(
            lambda index: made_principals(self.home, index, principals), self.exists
        )
        # By the kind of the container.
        self.links = {
            GROUP.code: self.memberships,
            DIRECTORY_ROLE.code: self.role_links,
            ADMINISTRATIVE_UNIT.code: self.unit_links,
            SERVICE_PRINCIPAL.code: self.assignment_links,
        }

    def exists(self, member: Member) -> bool:
        return self.by_code[member[0]].exists(member[1])

    def id_of(self, member: Member) -> str:
        return self.home.ids.of(*member)

    def find(self, object_id: str) -> Member | None:
        """The object with an id, or None when there is none (any more)."""
        member = self.home.ids.find(object_id)
        if member is None or member[0] not in self.by_code or not self.exists(member):
            return None
        return member

    def find_user(self, id_or_upn: str) -> int | None:
        """The index of a user by object id or by user principal name."""
        if "@" not in id_or_upn:
            member = self.find(id_or_upn)
            return member[1] if member and member[0] == USER.code else None
        wanted = id_or_upn.lower()
        for indices in indices_starting_with(self.home, wanted.partition("@")[0]):
            for index in self.users.existing(indices):
                if self.person(index).upn.lower() == wanted:
                    return index
        return self._find_played_user(wanted)

    def _find_played_user(self, upn: str) -> int | None:
        played = self.users.existing(self.users.altered)
        rows = self.users.rows(played, ("userPrincipalName",))
        pairs = zip(played, rows, strict=True)
        return next(
            (index for index, row in pairs if str(row["userPrincipalName"]).lower() == upn), None
        )

    def person(self, index: int) -> Person:
        noise = self.home.noise.one(USER.code, index)
        return Person(self.home, index, self.users.id_of(index), noise)

    def groups_of(self, member: Member) -> list[int]:
        """The groups that something is directly in, played changes included."""
        played = self.memberships.played_containers_of(member)
        found = [group for group in self.made.groups_of(member) if played.get(group, True)]
        found += [group for group, present in played.items() if present and group not in found]
        return self.groups.existing(found)

    def all_groups_of(self, member: Member) -> list[int]:
        """The groups that something is in, directly or through other groups."""
        found: dict[int, None] = {}
        waiting = [member]
        while waiting:
            for group in self.groups_of(waiting.pop()):
                if group not in found:
                    found[group] = None
                    waiting.append((GROUP.code, group))
        return list(found)

    def roles_of(self, member: Member, *, transitive: bool = True) -> list[int]:
        """The roles something holds; transitively also through the role-assignable group."""
        holders = {member}
        if transitive and self.memberships.has(ROLE_ASSIGNABLE, member):
            holders.add((GROUP.code, ROLE_ASSIGNABLE))
        return [
            role
            for role in range(len(TEMPLATES))
            if holders.intersection(self.role_links.members(role))
        ]

    @cached_property
    def tenant_id(self) -> str:
        return self.definition.tenant_id

    def membership_count(self) -> int:
        return self.made.total + self.net_memberships
