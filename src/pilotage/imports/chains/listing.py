"""A list read along its nextLinks, as a whole or the part of it that begins with something."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from pilotage.imports.chains.decode import DECODING, Decoded, Decoder
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.step import NotOffered, Step
from pilotage.imports.collectors.collector import Listing, Partition
from pilotage.microsoft.graph import GraphClient, GraphPage
from pilotage.microsoft.graph.errors import ObjectGone, RequestRefused

PARTED = "parted"
# Without these a filtered list breaks off after its first page, so each page is asked with them.
# Source: https://learn.microsoft.com/graph/aad-advanced-queries
_ADVANCED = {"ConsistencyLevel": "eventual"}


class ListingChain:
    """One nextLink chain. The cursor is the next link itself, which is opaque and complete.

    Source: https://learn.microsoft.com/graph/paging
    """

    start = ""

    def __init__(self, name: str, collector: Listing, params: Mapping[str, str]) -> None:
        self.name = name
        self._collector = collector
        self._params = params
        self._headers: Mapping[str, str] = {}

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The pages from `cursor` on; raises NotOffered when the first one is refused."""
        decoder, guard = Decoder(self._collector, customer_id), EndlessGuard()
        page = client.get(cursor, headers=self._headers) if cursor else self._first(client)
        while True:
            guard.check(page)
            step = self._step(decoder, page)
            # A page is not held any longer than it takes to render it.
            del page
            yield step
            if step.is_last:
                return
            page = client.get(step.cursor, headers=self._headers)

    def check(self, found: Decoded) -> None:
        """Raise NotOffered when a page holds what was not asked for."""

    def _first(self, client: GraphClient) -> GraphPage:
        try:
            return client.get(self._collector.resource, params=self._params, headers=self._headers)
        except (RequestRefused, ObjectGone) as error:
            raise NotOffered from error

    def _step(self, decoder: Decoder, page: GraphPage) -> Step:
        with DECODING:
            found = decoder.decoded(page)
            self.check(found)
            return Step(
                rows=decoder.rows(found),
                ids=found.ids,
                bad=found.bad,
                read=len(page.value),
                cursor=page.next_link,
                is_last=not page.next_link,
                request_id=page.request_id,
                resource_units=page.resource_units or 0.0,
            )


class PartChain(ListingChain):
    """The objects of a list whose property begins with `start`, upper or lower case."""

    def __init__(self, collector: Listing, partition: Partition, start: str) -> None:
        # In OData a quote is written twice.
        quoted = start.replace("'", "''")
        params = {
            "$select": collector.select,
            "$top": str(collector.top),
            "$count": "true",
            "$filter": f"startswith({partition.attribute},'{quoted}')",
        }
        super().__init__(PARTED, collector, params)
        self.start = start
        self._headers = _ADVANCED
        self._column = partition.column

    def check(self, found: Decoded) -> None:
        """A server that does not know the filter may give all there is, for each part again."""
        for shape in found.objects:
            value = getattr(shape, self._column) or ""
            if not value.lower().startswith(self.start):
                raise NotOffered


def listing_chains(collector: Listing) -> list[ListingChain]:
    """The ways of asking for a whole list, best first; a plain server may know only the last."""
    select, top = {"$select": collector.select}, {"$top": str(collector.top)}
    chains = [ListingChain("selected", collector, select)]
    if not collector.needs_select:
        chains.append(ListingChain("plain", collector, {}))
    if collector.top:
        chains.insert(0, ListingChain("paged", collector, {**select, **top}))
    return chains


def part_chains(collector: Listing) -> list[PartChain]:
    """The chains that read a list in parts, empty if it cannot be parted."""
    parts = collector.partition
    if parts is None:
        return []
    return [PartChain(collector, parts, beginning) for beginning in parts.beginnings]
