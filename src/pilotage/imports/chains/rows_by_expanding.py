"""Lists of each container that come along with the list of containers, as far as they are short.

A page then tells the lists of a hundred containers for one unit of Graph's quota. Of longer ones
only a beginning comes, without a word of the rest, so these are asked for one by one afterwards.
Source: https://learn.microsoft.com/graph/query-parameters#expand (at most 20 objects).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from pilotage.imports.chains.container_walk import BATCH, ContainerWalk, Place, Visit
from pilotage.imports.chains.decode import DECODING, Decoder, objects_of
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.rows_by_container import step_of
from pilotage.imports.chains.step import BadObject, NotOffered, Step
from pilotage.imports.collectors.collector import Below
from pilotage.imports.collectors.shapes import Id
from pilotage.microsoft.graph import GraphClient, GraphPage
from pilotage.microsoft.graph.errors import ObjectGone, RequestRefused

EXPANDED = "expanded"
SHORT = 20


class Spot(msgspec.Struct, array_like=True):
    """The cursor: `link` is the next page of containers; behind the last one the `long` lists are
    read, of which `place` tells how far.
    """

    link: str = ""
    long: list[str] = []
    place: Place = msgspec.field(default_factory=Place)


@dataclass(slots=True)
class _Opened:
    """A page taken apart: objects of short lists, containers with long ones."""

    short: list[msgspec.Raw] = field(default_factory=list)
    long: list[str] = field(default_factory=list)
    bad: list[BadObject] = field(default_factory=list)


class RowsByExpanding:
    """Two passes: the containers with their short lists, then the long lists."""

    name = EXPANDED
    start = ""

    def __init__(self, collector: Below) -> None:
        self._collector = collector
        fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [
            ("id", Id),
            ("below", list[msgspec.Raw] | None, None),
            ("link", str | None, None),
        ]
        names = {"below": collector.below, "link": f"{collector.below}@odata.nextLink"}
        container = msgspec.defstruct("Container", fields, rename=names)
        self._container: msgspec.json.Decoder[Any] = msgspec.json.Decoder(container)

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The lists from `cursor` on; raises NotOffered when they do not come this way."""
        decoder, guard = Decoder(self._collector, customer_id), EndlessGuard()
        spot = msgspec.json.decode(cursor, type=Spot) if cursor else Spot()
        page = self._first(client) if not cursor else self._next(client, spot.link)
        while page is not None:
            guard.check(page)
            opened = self._opened(page)
            spot = Spot(page.next_link, [*spot.long, *opened.long])
            yield _short_step(decoder, page, opened, spot)
            page = self._next(client, spot.link)
        following = partial(_behind, sorted(spot.long))
        walk = ContainerWalk(self._collector.path_below, following, is_batched=True)
        for visit in walk.visits(client, spot.place):
            spot = Spot("", spot.long, visit.place)
            yield step_of(decoder, visit, _encoded(spot))
        yield step_of(decoder, Visit([], spot.place), _encoded(spot), is_last=True)

    def _first(self, client: GraphClient) -> GraphPage:
        params = {
            "$select": "id",
            "$expand": f"{self._collector.below}($select={self._collector.select})",
            "$top": str(self._collector.top),
        }
        try:
            return client.get(self._collector.resource, params=params)
        except (RequestRefused, ObjectGone) as error:
            raise NotOffered from error

    def _next(self, client: GraphClient, link: str) -> GraphPage | None:
        return client.get(link) if link else None

    def _opened(self, page: GraphPage) -> _Opened:
        found = _Opened()
        for raw in objects_of(page):
            try:
                container = self._container.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                found.bad.append(BadObject("", str(error)[:500]))
                continue
            if container.below is None:
                # This server passes over the option.
                raise NotOffered
            if container.link or len(container.below) >= SHORT:
                found.long.append(container.id)
            else:
                found.short += container.below
        return found


def _short_step(decoder: Decoder, page: GraphPage, opened: _Opened, spot: Spot) -> Step:
    with DECODING:
        body = b'{"value":[' + b",".join(map(bytes, opened.short)) + b"]}"
        found = decoder.decoded(replace(page, body=body, value=opened.short))
        return Step(
            rows=decoder.rows(found),
            ids=found.ids,
            bad=[*opened.bad, *found.bad],
            read=len(opened.short),
            cursor=_encoded(spot),
            is_last=False,
            request_id=page.request_id,
            resource_units=page.resource_units or 0.0,
        )


def _behind(ids: list[str], after: str) -> list[str]:
    return [name for name in ids if name > after][:BATCH]


def _encoded(spot: Spot) -> str:
    return msgspec.json.encode(spot).decode()
