"""What a collector declares: a resource of Graph, and the tables its objects go to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from pilotage.imports.collectors.shapes import Shape
from pilotage.imports.store.table import Table

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Part:
    """A table that each object fills with any number of rows of its own.

    `attribute` is the shape's field they come from, which is no column then. The first key column
    is the object's id; rows of an object that are gone are removed with its page.
    """

    attribute: str
    table: Table
    rows: Callable[[Any], list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """What every collector declares.

    `permission` is the least application permission that Microsoft documents for the resource,
    `also` others that include it. `weight` is its share of a run's progress, in no unit.
    """

    name: str
    label: str
    resource: str
    permission: str
    also: frozenset[str] = frozenset()
    why: str
    table: Table
    is_required: bool = False
    weight: int = 1

    @property
    def permissions(self) -> frozenset[str]:
        """Any one of these lets the collector read."""
        return self.also | {self.permission}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Collector):
    """A list that is read page by page, each object one row.

    `row` makes the row where columns and fields differ. `top` is the page size to ask for, 0 where
    Graph does not page. `is_never_empty`: a tenant without any such object does not exist, so an
    empty list is a fault and removes nothing. `is_countable`: `…/$count` is offered.
    """

    shape: type[Shape]
    row: Callable[[Any], Row] | None = None
    top: int = 999
    part: Part | None = None
    is_never_empty: bool = False
    is_countable: bool = False

    @property
    def select(self) -> str:
        """The value of $select."""
        fields: tuple[str, ...] = self.shape.__struct_encode_fields__
        return ",".join(fields)

    def to_row(self) -> Callable[[Any], Row]:
        """The function from an object to its row, in the order of the table's columns."""
        return self.row or attrgetter(*self.table.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members(Collector):
    """Who is in the containers that another collector (`of`) has read.

    `delta` is the resource that tells the members of all containers in one chain, if there is one.
    """

    of: str
    delta: str = ""
    top: int = 999
