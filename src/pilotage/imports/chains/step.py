"""One page on its way from Graph to the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from pilotage.imports.store.write import Rows
from pilotage.microsoft.graph import GraphClient


class NotOffered(Exception):
    """This Graph does not offer this way of reading; take the next, plainer one."""


@dataclass(frozen=True, slots=True)
class BadObject:
    """An object that could not be read; `object_id` is "" if not even that is known."""

    object_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A page, decoded and rendered. `cursor` is where the page behind it begins.

    `ids` are of all objects that were there, readable or not, or `keys` where one id does not tell
    them apart; `read` counts objects. Changes also have `removed`, the keys of what is gone,
    `removed_owners`, containers that are gone with all that was in them, and with the last page
    `delta_link`, from which the next changes are read.
    """

    rows: Rows
    read: int
    cursor: str
    is_last: bool
    request_id: str = ""
    resource_units: float = 0.0
    ids: list[str] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    bad: list[BadObject] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    removed_owners: list[str] = field(default_factory=list)
    delta_link: str = ""

    @property
    def stored_keys(self) -> list[tuple[str, str]]:
        """`keys`, or `ids` with nothing behind them."""
        return self.keys or [(one, "") for one in self.ids]

    @property
    def touched_keys(self) -> list[tuple[str, str]]:
        """`stored_keys` and `removed`."""
        return [*self.stored_keys, *self.removed] if self.removed else self.stored_keys


class Chain(Protocol):
    """A way of reading. `name` and `start` are kept with the run: a cursor belongs to its chain."""

    name: str
    start: str

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The pages from `cursor` ("" for the start) on; raises NotOffered, and what the client
        raises.
        """
        ...
