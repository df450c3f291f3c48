"""What has changed in a list since a deltaLink was taken.

Source: https://learn.microsoft.com/graph/delta-query-overview. An object may come several times,
in any order of pages; a property that is left out has not changed, null means it was emptied.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from pilotage.imports.chains.decode import DECODING, Decoder, objects_of
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.step import BadObject, NotOffered, Step
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Id
from pilotage.microsoft.graph import GraphClient, GraphPage
from pilotage.microsoft.graph.errors import RequestRefused

CHANGES = "changes"
_REMOVED = "@removed"


class _Identified(msgspec.Struct):
    id: Id


_identified = msgspec.json.Decoder(_Identified)
_properties = msgspec.json.Decoder(dict[str, msgspec.Raw])


@dataclass(slots=True)
class _Found:
    """The properties of changed objects by id, put together where an object came twice."""

    changed: dict[str, dict[str, msgspec.Raw]] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)
    bad: list[BadObject] = field(default_factory=list)

    def add(self, raw: msgspec.Raw) -> None:
        """One object of a page."""
        try:
            object_id, properties = _identified.decode(raw).id, _properties.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self.bad.append(BadObject("", str(error)[:500]))
            return
        if _REMOVED in properties:
            self.changed.pop(object_id, None)
            self.removed[object_id] = None
        else:
            self.removed.pop(object_id, None)
            self.changed.setdefault(object_id, {}).update(properties)


def next_page(client: GraphClient, link: str, *, is_first: bool) -> GraphPage:
    """A page of changes; raises NotOffered for a deltaLink that is refused.

    It was given by the server itself, which does not follow it all the same.
    """
    try:
        return client.get(link)
    except RequestRefused as error:
        if is_first:
            raise NotOffered from error
        raise


class Changes:
    """One chain of changes. `start` is the deltaLink, the cursor the next link."""

    name = CHANGES

    def __init__(self, collector: Listing, start: str) -> None:
        self.start = start
        self._collector = collector

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The pages from `cursor` on; the last step has the deltaLink for the next time."""
        decoder, guard = Decoder(self._collector, customer_id), EndlessGuard()
        link = cursor or self.start
        while True:
            page = next_page(client, link, is_first=link == self.start)
            guard.check(page)
            if not page.next_link and not page.delta_link:
                raise NotOffered
            with DECODING:
                step = self._step(decoder, page)
            yield step
            if step.is_last:
                return
            link = page.next_link

    def _step(self, decoder: Decoder, page: GraphPage) -> Step:
        found = _Found()
        for raw in objects_of(page):
            found.add(raw)
        decoded = decoder.changed(list(found.changed.values()))
        bad = [*found.bad, *decoded.bad]
        return Step(
            rows=decoder.rows(decoded),
            ids=list(found.changed),
            removed=[(key, "") for key in found.removed],
            bad=bad,
            read=len(found.changed) + len(found.removed),
            cursor=page.next_link,
            is_last=not page.next_link,
            request_id=page.request_id,
            resource_units=page.resource_units or 0.0,
            delta_link=page.delta_link,
        )
