"""A list read along its nextLinks."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from pilotage.imports.chains.decode import Decoder
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.step import NotOffered, Step
from pilotage.imports.collectors.collector import Listing
from pilotage.microsoft.graph import GraphClient, GraphPage
from pilotage.microsoft.graph.errors import ObjectGone, RequestRefused


class ListingChain:
    """One nextLink chain. The cursor is the next link itself, which is opaque and complete.

    Source: https://learn.microsoft.com/graph/paging
    """

    def __init__(self, name: str, collector: Listing, params: Mapping[str, str]) -> None:
        self.name = name
        self._collector = collector
        self._params = params

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The pages from `cursor` on; raises NotOffered when the first one is refused."""
        decoder, guard = Decoder(self._collector, customer_id), EndlessGuard()
        page = client.get(cursor) if cursor else self._first(client)
        while True:
            guard.check(page)
            yield self._step(decoder, page)
            if not page.next_link:
                return
            page = client.get(page.next_link)

    def _first(self, client: GraphClient) -> GraphPage:
        try:
            return client.get(self._collector.resource, params=self._params)
        except (RequestRefused, ObjectGone) as error:
            raise NotOffered from error

    def _step(self, decoder: Decoder, page: GraphPage) -> Step:
        found = decoder.decoded(page)
        known_bad = [bad.object_id for bad in found.bad if bad.object_id]
        return Step(
            rows=decoder.rows(found, page),
            parts=decoder.parts(found, page),
            keys=[(key, "") for key in (*found.objects, *known_bad)],
            owners=list(found.objects),
            bad=found.bad,
            read=len(page.value),
            cursor=page.next_link,
            is_last=not page.next_link,
            request_id=page.request_id,
            resource_units=page.resource_units or 0.0,
        )


def listing_chains(collector: Listing) -> list[ListingChain]:
    """The ways of asking for a list, the best first; a plain server may know only the last."""
    select, top = {"$select": collector.select}, {"$top": str(collector.top)}
    chains = [ListingChain("selected", collector, select), ListingChain("plain", collector, {})]
    if collector.top:
        chains.insert(0, ListingChain("paged", collector, {**select, **top}))
    return chains
