"""A page of a customer's users, groups or devices, sorted by name.

There is no index by name or for searching: it would make importing a user a third dearer, while
the rows of one customer lie together by the key (ADR 12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Lower

from pilotage.customers.queries import get_customer
from pilotage.directory.lists import USERS, Kind
from pilotage.directory.lists.users import with_last_sign_in
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import invalid
from pilotage.kernel.pagination import Page, capped_count, paginate

MOST_CHARACTERS = 200
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objects: all that match each of these. `licence` is a product's id, for users alone."""

    search: str = ""
    show: str = ""
    licence: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether not all are asked for."""
        return bool(self.search or self.show or self.licence)


def list_objects(
    actor: Actor, customer_id: UUID, kind: Kind, wanted: Wanted, *, cursor: str = "", size: int = 50
) -> Page[Any]:
    """One page; raises CustomerNotFound, and Invalid for a cursor or choice that does not exist."""
    rows = _matching(actor, customer_id, kind, wanted)
    return paginate(_sorted(rows, kind), order="sort_name", tie="id", cursor=cursor, size=size)


def count_objects(actor: Actor, customer_id: UUID, kind: Kind, wanted: Wanted) -> int:
    """How many there are, counted no further than `COUNT_CAP`."""
    return capped_count(_matching(actor, customer_id, kind, wanted))


def all_objects(actor: Actor, customer_id: UUID, kind: Kind, wanted: Wanted) -> Iterator[Any]:
    """All of them in the same order, streamed from the database, for an export."""
    rows = _sorted(_matching(actor, customer_id, kind, wanted), kind)
    return iter(rows.order_by("sort_name", "id").iterator(chunk_size=_CHUNK))


def _matching(actor: Actor, customer_id: UUID, kind: Kind, wanted: Wanted) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.model.objects.filter(customer=get_customer(actor, customer_id))
    if wanted.show:
        show = kind.shows.get(wanted.show)
        if show is None:
            raise invalid("show", f"Choose one of: {', '.join(kind.shows)}.")
        rows = show.narrow(rows, clock.now())
    if wanted.licence:
        if kind is not USERS:
            raise invalid("licence", "Only users hold licences.")
        rows = rows.filter(licence_sku_ids__contains=[_storable(wanted.licence)])
    return _searched(rows, kind, _storable(wanted.search)) if wanted.search else rows


def _searched(rows: QuerySet[Any], kind: Kind, text: str) -> QuerySet[Any]:
    """Those in which each word of the search is found somewhere."""
    for word in text[:MOST_CHARACTERS].split()[:10]:
        found = rows.none()
        for name in kind.searched:
            found = found | rows.filter(**{f"{name}__icontains": word})
        rows = found
    return rows


def _sorted(rows: QuerySet[Any], kind: Kind) -> QuerySet[Any]:
    names = Coalesce(*kind.names, Value(""), output_field=TextField())
    rows = rows.annotate(sort_name=Lower(names)).defer("rest")
    return with_last_sign_in(rows) if kind is USERS else rows


def _storable(text: str) -> str:
    """Without what PostgreSQL cannot compare with: NUL and halves of characters."""
    return "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
