"""A user made from its index: name, user principal name, what sort of account it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from math import gcd
from typing import NamedTuple

from microsoft365_simulator.tenants.home import CAST_SIZE, Home
from microsoft365_simulator.tenants.names import FAMILY, GIVEN, Name
from microsoft365_simulator.tenants.persona import CYCLE
from microsoft365_simulator.tenants.subject import Subject
from microsoft365_simulator.tenants.words import AWKWARD, DEPARTMENTS, PLACES

# Coprime to the pool, so that the family names of one given name repeat as late as possible.
_FAMILY_STEP = next(step for step in range(71, len(FAMILY)) if gcd(step, len(FAMILY)) == 1)


class CastMember(NamedTuple):
    """One of the five accounts that every tenant has for signing in."""

    local: str
    given: str
    family: str
    title: str


CAST = (
    CastMember("admin", "Ada", "Admin", "Global Administrator"),
    CastMember("pra", "Priya", "Privileged", "Privileged Role Administrator"),
    CastMember("appadmin", "Clement", "Cloud", "Cloud Application Administrator"),
    CastMember("user", "Uma", "User", "Ordinary user"),
    CastMember("guest", "Gustav", "Guest", "Guest with Global Administrator"),
)
GUEST = 4
GUEST_HOME = "partner.example"


class Person(Subject):
    """The parts of a user that several properties are made of."""

    __slots__ = ("display", "family", "given", "is_person", "local", "persona", "place", "upn")

    def __init__(self, home: Home, index: int, object_id: str, noise: bytes) -> None:
        super().__init__(home, index, object_id, noise)
        self.persona = home.personas[index % CYCLE]
        self.is_person = True
        self.place = PLACES[noise[0] % len(PLACES)]
        if index < CAST_SIZE:
            self._as_cast(CAST[index])
            return
        given, family, number = _parts(home, index)
        self.given, self.family, self.is_person = given.text, family.text, given.is_person
        self.local = local_part(given, family, number)
        awkward = self.persona.awkward
        self.display = self._display(given, number) if awkward is None else AWKWARD[awkward]
        self.upn = self._upn()

    def _display(self, given: Name, number: int) -> str:
        return f"{given.text} {self.family}" if given.is_person else f"{given.text} {number}"

    def _upn(self) -> str:
        if self.persona.is_guest:
            return f"{self.local}_{GUEST_HOME}#EXT#@{self.home.domain}"
        return f"{self.local}@{self.home.domain}"

    def _as_cast(self, member: CastMember) -> None:
        self.persona = next(p for p in self.home.personas if p.is_enabled and p.bundle)
        self.given, self.family, self.local = member.given, member.family, member.local
        self.display = f"{member.given} {member.family}"
        self.upn = f"{member.local}@{self.home.domain}"
        if self.index == GUEST:
            self.persona = next(p for p in self.home.personas if p.is_guest and not p.is_invited)
            self.upn = self._upn()

    @property
    def mail(self) -> str | None:
        if self.persona.is_guest:
            return f"{self.local}@{GUEST_HOME}"
        return self.upn if self.persona.bundle else None

    @property
    def department(self) -> str | None:
        return None if self.noise[1] > 220 else DEPARTMENTS[self.noise[1] % len(DEPARTMENTS)]


def local_part(given: Name, family: Name, number: int) -> str:
    """The part of the user principal name before the @."""
    if not given.is_person:
        return f"{given.slug}{number}"
    return f"{given.slug}.{family.slug}{number or ''}"


def _parts(home: Home, index: int) -> tuple[Name, Name, int]:
    """Given name, family name and the number that keeps the user name unique.

    The given name grows with the index, so that `startswith(userPrincipalName, ...)` is a range
    of indices; users added later take their own index as the number.
    """
    ordinary = home.definition.users - CAST_SIZE
    position = index - CAST_SIZE
    if position >= ordinary:
        return GIVEN[index * 61 % len(GIVEN)], FAMILY[index * 37 % len(FAMILY)], index
    at = position * len(GIVEN) // ordinary
    nth = position - _first_of(at, ordinary)
    family = FAMILY[(nth * _FAMILY_STEP + at * 13 + home.definition.seed) % len(FAMILY)]
    given = GIVEN[at]
    return given, family, nth // len(FAMILY) if given.is_person else nth + 1


def _first_of(given_at: int, ordinary: int) -> int:
    """The first position whose given name is number `given_at`."""
    return -(-given_at * ordinary // len(GIVEN))


_SLUGS = [name.slug for name in GIVEN]


def indices_starting_with(home: Home, prefix: str) -> Iterator[range]:
    """Ranges of user indices outside which no user principal name starts with the prefix."""
    ordinary = home.definition.users - CAST_SIZE
    yield range(CAST_SIZE)
    last = bisect_right(_SLUGS, prefix + "\uffff")
    matching = [
        at for at in range(last) if _SLUGS[at].startswith(prefix) or prefix.startswith(_SLUGS[at])
    ]
    if matching:
        start = _first_of(matching[0], ordinary)
        stop = _first_of(matching[-1] + 1, ordinary)
        yield range(CAST_SIZE + start, CAST_SIZE + min(stop, ordinary))
