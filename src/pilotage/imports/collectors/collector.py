"""What a collector declares: a resource of Graph, and the tables its objects go to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, get_args
from urllib.parse import quote

import msgspec

from pilotage.imports.collectors.shapes import Shape
from pilotage.imports.store.copy_csv import literal
from pilotage.imports.store.table import REST, Table

Row = Sequence[Any]
# Microsoft also writes "never" as the first day of the year 1, which in another time zone is no
# date at all.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Partition:
    """How a long list is cut into parts that are read side by side: by how a property begins.

    `beginnings` have to cover every value the property can have, which a count then checks.
    `column` is the property's in the table.
    """

    attribute: str
    column: str
    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """What every collector declares.

    `permission` is the least application permission that Microsoft documents for the resource,
    `also` others that include it. `licence` is what the tenant needs at Microsoft for it, "" for
    nothing: a tenant without it is imported without this. `weight` is its share of a run's
    progress, in no unit. `nights_between`: nightly runs read it every so many nights, where it has
    to be read whole each time. `is_of_the_moment`: what was read says nothing any more once it
    cannot be read again.
    """

    name: str
    label: str
    resource: str
    permission: str
    also: frozenset[str] = frozenset()
    why: str
    table: Table
    is_required: bool = False
    licence: str = ""
    weight: int = 1
    nights_between: int = 1
    is_of_the_moment: bool = False

    @property
    def permissions(self) -> frozenset[str]:
        """Any one of these lets the collector read."""
        return self.also | {self.permission}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Collector):
    """A list that is read page by page, each object one row.

    `row` makes the row, without `rest`, where columns and fields differ. `rest` are properties
    kept as they come, by Graph's names. `top` is the page size to ask for, 0 where Graph does not
    page. `delta` is the resource that tells changes. `is_never_empty`: a tenant without any such
    object does not exist, so an empty list is a fault and removes nothing. `is_countable`:
    `…/$count` is offered. `fills` names the column of a field where it is another one.
    `needs_select`: what is asked for comes only when it is selected.
    """

    shape: type[Shape]
    row: Callable[[Any], Row] | None = None
    rest: tuple[str, ...] = ()
    top: int = 999
    delta: str = ""
    partition: Partition | None = None
    fills: Mapping[str, str] = field(default_factory=dict)
    is_never_empty: bool = False
    is_countable: bool = False
    needs_select: bool = False

    @property
    def select(self) -> str:
        """The value of $select."""
        fields: tuple[str, ...] = self.shape.__struct_encode_fields__
        return ",".join(dict.fromkeys((*fields, *self.rest)))

    def columns_given(self, properties: Mapping[str, object]) -> frozenset[str] | None:
        """The columns that an object with these properties fills; None if it names all of them.

        What is kept as it comes is put together property by property and is not looked at here.
        """
        names = dict(
            zip(self.shape.__struct_encode_fields__, self.shape.__struct_fields__, strict=True)
        )
        if all(name in properties for name in (*names, *self.rest)):
            return None
        given = (field for name, field in names.items() if name in properties)
        return frozenset(self.fills.get(field, field) for field in given)

    def to_row(self) -> Callable[[Any], Row]:
        """The function from an object to its row for COPY, in the order of the table's columns."""
        names = [name for name in self.table.columns if name != REST]
        row = self.row or attrgetter(*names)
        lists = [names.index(name) for name in self.table.arrays]
        moments = [names.index(name) for name in self._moments() if name in names]
        if not lists and not moments:
            return row

        def mended(found: object) -> Row:
            cells = row(found)
            cells = cells if isinstance(cells, list) else list(cells)
            for place in lists:
                cells[place] = literal(cells[place])
            for place in moments:
                at = cells[place]
                if at is not None and not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
                    cells[place] = None
            return cells

        return mended

    def _moments(self) -> list[str]:
        fields = msgspec.structs.fields(self.shape)
        return [one.name for one in fields if datetime in (one.type, *get_args(one.type))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Below(Listing):
    """Lists that each object of another collector (`of`) has: `{resource}/{id}/{below}`."""

    of: str
    below: str

    def path_below(self, container_id: str) -> str:
        """The request for the list of one container."""
        path = f"{self.resource}/{quote(container_id, safe='')}/{self.below}"
        return f"{path}?$select={self.select}&$top={self.top}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Members(Collector):
    """Who is in the containers that another collector (`of`) has read.

    `delta` is the resource that tells the members of all containers in one chain, if there is one.
    """

    of: str
    delta: str = ""
    top: int = 999

    @property
    def select(self) -> str:
        """The value of $select, as changes of members ask for it."""
        return "id,members"
