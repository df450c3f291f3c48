"""Who is in which group, worked out both ways without a table of memberships.

Sizes follow Zipf's law with every twelfth group empty; they add up to the number asked for
unless the tenant has too few people for it. Some security groups also hold groups and devices.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import gcd, log

from microsoft365_simulator.tenants.groups import GROUP, ROLE_ASSIGNABLE, Sort, sort_of
from microsoft365_simulator.tenants.home import CAST_SIZE, Home

Member = tuple[int, int]  # kind code, index
USER_CODE, GROUP_CODE, DEVICE_CODE = 1, 2, 3
_CHUNK = 50_000


def coprimes(modulus: int, count: int = 48) -> list[int]:
    """Up to `count` spread-out step widths that visit every residue of the modulus."""
    found: list[int] = []
    step = max(1, int(modulus * 0.6180339887))
    for offset in range(modulus):
        width = (step + offset * 7919) % modulus or 1
        if gcd(width, modulus) == 1 and width not in found:
            found.append(width)
        if len(found) == count:
            break
    return found


class MadeMemberships:
    """The memberships that follow from the seed, before any played change."""

    def __init__(self, home: Home) -> None:
        self._home = home
        definition = home.definition
        self._users, self._groups = definition.users, definition.groups
        self._devices = definition.devices
        self._ordinary = definition.users - CAST_SIZE
        self._steps = coprimes(self._users)
        self._inverses = [pow(step, -1, self._users) for step in self._steps]
        self._stride = coprimes(self._groups, 1)[0] if self._groups else 1
        self._rank_inverse = pow(self._stride, -1, self._groups) if self._groups > 1 else 0
        self._nested, self._held_devices = bytearray(), array("L")
        self._people, self._offsets, self._step_of = array("L"), array("L"), bytearray()

    def members(self, group: int) -> Iterator[Member]:
        """The members of a group in a fixed order: groups, devices, users."""
        self._shape()
        if group >= self._groups:
            return
        yield from self._nested_of(group)
        offset = self._offsets[group]
        for nth in range(self._held_devices[group]):
            yield DEVICE_CODE, (offset + nth) % self._devices
        if group == ROLE_ASSIGNABLE:
            for nth in range(self._people[group]):
                yield USER_CODE, CAST_SIZE + (offset + nth) % self._ordinary
            return
        step = self._steps[self._step_of[group]]
        for nth in range(self._people[group]):
            yield USER_CODE, (offset + nth * step) % self._users

    @cached_property
    def total(self) -> int:
        self._shape()
        return sum(self._nested) + sum(self._held_devices) + sum(self._people)

    def groups_of(self, member: Member) -> list[int]:
        """The groups that one user, group or device is directly in."""
        self._shape()
        code, index = member
        if code == USER_CODE:
            return self._groups_of_user(index) if index < self._users else []
        if code == GROUP_CODE:
            return self._groups_of_group(index) if index < self._groups else []
        return [group for group in range(self._groups) if self._has_device(group, index)]

    def groups_of_users(self, users: set[int]) -> dict[int, list[int]]:
        """The groups of many users at once, by whichever way asks for less work."""
        if len(users) * self._groups < self.total:
            return {user: self.groups_of((USER_CODE, user)) for user in users}
        found: dict[int, list[int]] = {user: [] for user in users}
        for group in range(self._groups):
            for code, index in self.members(group):
                if code == USER_CODE and index in users:
                    found[index].append(group)
        return found

    def rank(self, group: int) -> int:
        """The place of a group when ordered by size; 0 is the largest."""
        return (group * self._stride + self._groups // 2) % self._groups

    def _group_at(self, rank: int) -> int:
        return (rank - self._groups // 2) * self._rank_inverse % self._groups

    def _groups_of_user(self, user: int) -> list[int]:
        users, inverses = self._users, self._inverses
        rows = zip(self._people, self._offsets, self._step_of, strict=True)
        found = [
            group
            for group, (people, offset, step) in enumerate(rows)
            if people and (user - offset) * inverses[step] % users < people
        ]
        holders = [ROLE_ASSIGNABLE] if self._is_holder(user) else []
        return holders + [group for group in found if group != ROLE_ASSIGNABLE]

    def _is_holder(self, user: int) -> bool:
        """Whether a user is in the group that roles are assigned to; the cast never is."""
        if not self._groups or user < CAST_SIZE:
            return False
        place = (user - CAST_SIZE - self._offsets[ROLE_ASSIGNABLE]) % self._ordinary
        return place < self._people[ROLE_ASSIGNABLE]

    def _groups_of_group(self, index: int) -> list[int]:
        rank = self.rank(index)
        parents = (self._group_at(rank - 1 - nth * 3) for nth in range(3) if rank > nth * 3)
        return [
            parent
            for parent in parents
            if any(member == (GROUP_CODE, index) for member in self._nested_of(parent))
        ]

    def _nested_of(self, group: int) -> Iterable[Member]:
        rank = self.rank(group)
        return (
            (GROUP_CODE, self._group_at(rank + 1 + nth * 3)) for nth in range(self._nested[group])
        )

    def _has_device(self, group: int, device: int) -> bool:
        held = self._held_devices[group]
        return bool(held) and (device - self._offsets[group]) % self._devices < held

    def _shape(self) -> None:
        """Work out, once, how many of what each group holds; a few bytes for each group."""
        if self._step_of or not self._groups:
            return
        for start in range(0, self._groups, _CHUNK):
            indices = range(start, min(start + _CHUNK, self._groups))
            blocks = self._home.noise.many(GROUP.code, indices)
            for group, noise in zip(indices, blocks, strict=True):
                self._shape_one(group, noise)

    def _shape_one(self, group: int, noise: bytes) -> None:
        rank = self.rank(group)
        size = self._sized(rank + 1) - self._sized(rank)
        is_plain = sort_of(group, noise) is Sort.SECURITY and group != ROLE_ASSIGNABLE
        below = (self._groups - rank - 2) // 3 + 1 if rank + 1 < self._groups else 0
        nested = min(noise[11] % 3 + 1, size, below) if is_plain and noise[12] < 60 else 0
        wants_devices = is_plain and noise[13] < 50
        devices = min((size - nested) // 4, self._devices) if wants_devices else 0
        self._nested.append(nested)
        self._held_devices.append(devices)
        people = self._ordinary if group == ROLE_ASSIGNABLE else self._users
        self._people.append(min(size - nested - devices, people))
        self._offsets.append(int.from_bytes(noise[:5], "big") % self._users)
        self._step_of.append(noise[14] % len(self._steps))

    def _sized(self, rank: int) -> int:
        """Memberships of all groups above a rank; differences of it are the sizes."""
        filled = max(1, self._groups - self._groups // 12)
        share = log(1 + min(rank, filled)) / log(1 + filled)
        return int(self._home.definition.memberships * share)
