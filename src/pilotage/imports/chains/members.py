"""Members of containers: what the chains that read them have in common."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from pilotage.imports.chains.decode import objects_of, storable
from pilotage.imports.chains.step import BadObject, Step
from pilotage.imports.collectors.collector import Members
from pilotage.imports.collectors.shapes import Id
from pilotage.imports.store.copy_csv import rendered_words
from pilotage.imports.store.write import Rows
from pilotage.microsoft.graph import GraphPage

_TYPE_PREFIX = "#microsoft.graph."


@lru_cache(maxsize=64)
def _kind(type_name: str | None) -> str:
    return (type_name or "").removeprefix(_TYPE_PREFIX)[:60]


class Member(msgspec.Struct, gc=False):
    """A member as Graph lists it; `removed` is there in changes only."""

    id: Id
    type: str | None = msgspec.field(name="@odata.type", default=None)
    removed: Any = msgspec.field(name="@removed", default=None)

    @property
    def kind(self) -> str:
        """user, group, device …; "" when Graph does not tell."""
        return _kind(self.type)


class Container(msgspec.Struct, gc=False):
    """A group or role among changes, with those who joined it and left it."""

    id: Id
    members: list[msgspec.Raw] | None = msgspec.field(name="members@delta", default=None)
    removed: Any = msgspec.field(name="@removed", default=None)


class _Whole(msgspec.Struct, gc=False):
    """A container whose members are decoded together with it."""

    id: Id
    members: list[Member] | None = msgspec.field(name="members@delta", default=None)
    removed: Any = msgspec.field(name="@removed", default=None)


class _WholePage(msgspec.Struct):
    value: list[_Whole] = []


_page = msgspec.json.Decoder(_WholePage)
_member = msgspec.json.Decoder(Member)
_container = msgspec.json.Decoder(Container)


def member_in(raw: msgspec.Raw) -> Member:
    """A member; raises msgspec.DecodeError and UnicodeDecodeError."""
    return _member.decode(raw)


def container_in(raw: msgspec.Raw) -> Container:
    """A container; raises msgspec.DecodeError and UnicodeDecodeError."""
    return _container.decode(raw)


@dataclass(slots=True)
class Pairs:
    """Members found on the way to one step, by container and member id."""

    kinds: dict[tuple[str, str], str] = field(default_factory=dict)
    bad: list[BadObject] = field(default_factory=list)
    read: int = 0

    def add_page(self, container_id: str, page: GraphPage) -> None:
        """All members on a page of one container."""
        self.add(container_id, objects_of(page))

    def add_containers(self, page: GraphPage) -> list[str]:
        """All members of all containers on a page of changes; returns the containers' ids.

        The page is decoded as a whole, and taken apart only when that fails.
        """
        try:
            containers = _page.decode(storable(page.body)).value
        except (msgspec.DecodeError, UnicodeDecodeError):
            return self._taken_apart(page)
        for container in containers:
            if container.removed is None and container.members:
                name, there = container.id, [m for m in container.members if m.removed is None]
                self.read += len(there)
                self.kinds.update({(name, member.id): _kind(member.type) for member in there})
        return [container.id for container in containers]

    def _taken_apart(self, page: GraphPage) -> list[str]:
        ids = []
        for raw in objects_of(page):
            try:
                container = container_in(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self.bad.append(BadObject("", str(error)[:500]))
                continue
            ids.append(container.id)
            if container.removed is None:
                self.add(container.id, container.members or ())
        return ids

    def add(self, container_id: str, members: Iterable[msgspec.Raw]) -> None:
        """Members of one container; one that was removed is passed over."""
        for raw in members:
            try:
                member = _member.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self.bad.append(BadObject("", f"member of {container_id}: {error}"[:500]))
            else:
                if member.removed is None:
                    self.read += 1
                    self.kinds[container_id, member.id] = member.kind

    def step(
        self, collector: Members, customer_id: UUID, *, cursor: str, is_last: bool = False
    ) -> Step:
        """The step that stores all pairs."""
        rows = [(container, member, kind) for (container, member), kind in self.kinds.items()]
        text = rendered_words(rows, (str(customer_id),))
        return Step(
            rows=Rows(collector.table, text, len(rows)),
            keys=list(self.kinds),
            read=self.read,
            bad=self.bad,
            cursor=cursor,
            is_last=is_last,
        )
