"""Plays changes on a directory. The same request on the same state gives the same result."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from microsoft365_simulator.tenants.change_request import ChangeRequest, Membership
from microsoft365_simulator.tenants.collection import Collection, Row
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.groups import GROUP
from microsoft365_simulator.tenants.home import CAST_SIZE
from microsoft365_simulator.tenants.links import Links
from microsoft365_simulator.tenants.memberships import Member
from microsoft365_simulator.tenants.principals import ADMINISTRATIVE_UNIT, SERVICE_PRINCIPAL
from microsoft365_simulator.tenants.roles import DIRECTORY_ROLE
from microsoft365_simulator.tenants.users import USER
from microsoft365_simulator.tenants.words import DEPARTMENTS

_COUNTED = ("users", "groups", "devices")


class UnknownObject(ValueError):
    """A change names an object that is not in the tenant."""


class Player:
    """Applies one request; `done` counts what really changed."""

    def __init__(self, directory: Directory, request: ChangeRequest) -> None:
        self._directory = directory
        self._request = request
        self._random = Random(f"{request.seed}:{directory.version}")  # noqa: S311 - not a secret
        self.done: dict[str, int] = {}

    def play(self) -> dict[str, int]:
        """Apply everything; raises UnknownObject before anything is changed."""
        self._check_names()
        for path in _COUNTED:
            self._play_counted(path)
        self._play_memberships()
        self._play_named()
        return {**self.done, "version": self._directory.version}

    def _next(self) -> int:
        self._directory.version += 1
        return self._directory.version

    def _count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def _play_counted(self, path: str) -> None:
        collection = self._directory.collections[path]
        for _ in range(getattr(self._request, f"{path}_added")):
            collection.add(self._next())
            self._count(f"{path}_added")
        for index in self._some(collection, getattr(self._request, f"{path}_updated")):
            collection.update(index, self._next(), self._new_values(path, index))
            self._count(f"{path}_updated")
        doomed = list(self._some(collection, getattr(self._request, f"{path}_deleted")))
        self._delete(collection, doomed, hard=False)
        for index in self._removed(collection)[: getattr(self._request, f"{path}_restored")]:
            self._restore(collection, index)

    def _some(self, collection: Collection, count: int) -> Iterator[int]:
        """Distinct objects at random; the cast is left alone, sign-in depends on it."""
        first = CAST_SIZE if collection.kind is USER else 1 if collection.kind is GROUP else 0
        free = [] if count == 0 else range(first, collection.total)
        seen: set[int] = set()
        for index in self._random.sample(free, min(len(free), count * 4 + 100)):
            if len(seen) == count:
                return
            if collection.exists(index):
                seen.add(index)
                yield index

    def _new_values(self, path: str, index: int) -> Row:
        number = self._random.randrange(10_000)
        if path == "users":
            return {"department": self._random.choice(DEPARTMENTS), "jobTitle": f"Title {number}"}
        return {"displayName": f"Renamed {path} {index} {number}"}

    def _removed(self, collection: Collection) -> list[int]:
        return sorted(i for i, a in collection.altered.items() if a.removed == "changed")

    def _delete(self, collection: Collection, indices: list[int], *, hard: bool) -> None:
        directory, kind = self._directory, collection.kind
        lost = self._containers_of(kind.code, indices)
        for index in indices:
            if kind is GROUP:
                directory.net_memberships -= len(directory.memberships.members(index))
            version = self._next()
            containers = directory.groups.existing(lost.get(index, ()))
            directory.memberships.lose((kind.code, index), containers, version)
            directory.net_memberships -= len(containers)
            self._lose_elsewhere((kind.code, index), version)
            collection.remove(index, version, hard=hard)
            self._count(f"{kind.path}_deleted")

    def _lose_elsewhere(self, member: Member, version: int) -> None:
        """Who is removed leaves roles and administrative units too."""
        directory = self._directory
        for path, links in self._elsewhere():
            containers = directory.collections[path].all_indices()
            links.lose(member, [at for at in containers if links.has(at, member)], version)

    def _elsewhere(self) -> tuple[tuple[str, Links], ...]:
        directory = self._directory
        return (
            (DIRECTORY_ROLE.path, directory.role_links),
            (ADMINISTRATIVE_UNIT.path, directory.unit_links),
        )

    def _containers_of(self, code: int, indices: list[int]) -> dict[int, list[int]]:
        directory = self._directory
        if code != USER.code or len(indices) < 2:
            return {index: directory.groups_of((code, index)) for index in indices}
        made = directory.made.groups_of_users({i for i in indices if i < directory.users.base})
        found: dict[int, list[int]] = {}
        for index in indices:
            played = directory.memberships.played_containers_of((code, index))
            kept = {group for group in made.get(index, ()) if played.get(group, True)}
            found[index] = sorted(kept | {group for group, present in played.items() if present})
        return found

    def _restore(self, collection: Collection, index: int) -> None:
        directory, kind = self._directory, collection.kind
        version = self._next()
        collection.restore(index, version)
        regained = directory.memberships.regain((kind.code, index), version)
        directory.net_memberships += len(directory.groups.existing(regained))
        for _, links in self._elsewhere():
            links.regain((kind.code, index), version)
        if kind is GROUP:
            directory.net_memberships += len(directory.memberships.members(index))
        self._count(f"{kind.path}_restored")

    def _play_memberships(self) -> None:
        groups, users = self._directory.groups, self._directory.users
        tries = self._request.memberships_added * 20
        while self.done.get("memberships_added", 0) < self._request.memberships_added and tries:
            tries -= 1
            group, user = (
                self._random.randrange(max(1, groups.total)),
                self._random.randrange(users.total),
            )
            if groups.exists(group) and users.exists(user):
                self._put(self._directory.memberships, group, (USER.code, user), present=True)
        tries = self._request.memberships_deleted * 20
        while self.done.get("memberships_deleted", 0) < self._request.memberships_deleted and tries:
            tries -= 1
            group = self._random.randrange(max(1, groups.total))
            members = self._directory.memberships.members(group) if groups.exists(group) else []
            if members:
                gone = self._random.choice(members)
                self._put(self._directory.memberships, group, gone, present=False)

    def _put(self, links: Links, container: int, member: Member, *, present: bool) -> None:
        if links.has(container, member) == present:
            return
        links.put(container, member, self._next(), present=present)
        if links is self._directory.memberships:
            self._directory.net_memberships += 1 if present else -1
            self._count("memberships_added" if present else "memberships_deleted")

    def _play_named(self) -> None:
        request = self._request
        for setting in request.update:
            code, index = self._found(setting.id)
            self._directory.by_code[code].update(index, self._next(), dict(setting.set))
            self._count("updated")
        for ids, hard in ((request.delete, False), (request.delete_for_good, True)):
            for code, index in map(self._found, ids):
                self._delete(self._directory.by_code[code], [index], hard=hard)
        for object_id in request.restore:
            code, index = self._found(object_id, removed=True)
            self._restore(self._directory.by_code[code], index)
        for pairs, present in ((request.add_members, True), (request.remove_members, False)):
            for pair in pairs:
                self._play_pair(pair, present=present)
        self._play_principals()

    def _play_pair(self, pair: Membership, *, present: bool) -> None:
        code, container = self._found(pair.group_id)
        self._put(
            self._directory.links[code], container, self._found(pair.member_id), present=present
        )

    def _play_principals(self) -> None:
        principals = self._directory.collections[SERVICE_PRINCIPAL.path]
        for item in self._request.principals_added:
            values = {"appId": item.app_id, "appDisplayName": item.name, "displayName": item.name}
            values["servicePrincipalType"] = "Application"
            added: Row = {**values, "servicePrincipalNames": [item.app_id], "accountEnabled": True}
            principals.add(self._next(), added)
        for app_id in self._request.principals_removed:
            for index, alteration in list(principals.altered.items()):
                if alteration.patch.get("appId") == app_id and principals.exists(index):
                    self._delete(principals, [index], hard=True)

    def _check_names(self) -> None:
        request = self._request
        for setting in request.update:
            code, _ = self._found(setting.id)
            unknown = set(setting.set) - set(self._directory.by_code[code].kind.properties)
            if unknown or "id" in setting.set:
                raise UnknownObject(f"No such property to set: {sorted(unknown) or ['id']}.")
        for object_id in (*request.delete, *request.delete_for_good):
            self._found(object_id)
        for object_id in request.restore:
            self._found(object_id, removed=True)
        for pair in (*request.add_members, *request.remove_members):
            if self._found(pair.group_id)[0] not in self._directory.links:
                raise UnknownObject(f"{pair.group_id} is nothing that has members.")
            self._found(pair.member_id)

    def _found(self, object_id: str, *, removed: bool = False) -> Member:
        member = self._directory.home.ids.find(object_id)
        if member is None or member[0] not in self._directory.by_code:
            raise UnknownObject(f"There is no object {object_id} in this tenant.")
        alteration = self._directory.by_code[member[0]].altered.get(member[1])
        is_restorable = alteration is not None and alteration.removed == "changed"
        if is_restorable if removed else self._directory.exists(member):
            return member
        raise UnknownObject(f"There is no object {object_id} in this tenant to do that to.")
