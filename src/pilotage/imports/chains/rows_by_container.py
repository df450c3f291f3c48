"""Lists of each container, as rows of their own."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

import msgspec

from pilotage.imports.chains.container_walk import (
    BATCH,
    BATCHED,
    ONE_BY_ONE,
    ContainerWalk,
    Place,
    Visit,
)
from pilotage.imports.chains.containers import next_ids
from pilotage.imports.chains.decode import DECODING, Decoder, joined
from pilotage.imports.chains.step import Step
from pilotage.imports.collectors.collector import Below
from pilotage.imports.store.table import Table
from pilotage.microsoft.graph import GraphClient


class RowsByContainer:
    """Containers in the order of their ids, as the collector before has stored them."""

    start = ""

    def __init__(self, collector: Below, containers: Table, *, is_batched: bool) -> None:
        self.name = BATCHED if is_batched else ONE_BY_ONE
        self._collector = collector
        self._containers = containers
        self._is_batched = is_batched

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The lists from `cursor` on; a container that is gone meanwhile has none."""
        decoder = Decoder(self._collector, customer_id)
        place = msgspec.json.decode(cursor, type=Place) if cursor else Place()
        following = partial(next_ids, self._containers, customer_id, limit=BATCH)
        walk = ContainerWalk(self._collector.path_below, following, self._is_batched)
        for visit in walk.visits(client, place):
            place = visit.place
            yield step_of(decoder, visit, _encoded(place))
        yield step_of(decoder, Visit([], place), _encoded(place), is_last=True)


def step_of(decoder: Decoder, visit: Visit, cursor: str, *, is_last: bool = False) -> Step:
    """The step that stores what was found on the way to one place."""
    with DECODING:
        found = joined([decoder.decoded(page) for _, page in visit.pages])
        return Step(
            rows=decoder.rows(found),
            ids=found.ids,
            bad=found.bad,
            read=sum(len(page.value) for _, page in visit.pages),
            cursor=cursor,
            is_last=is_last,
            request_id=visit.request_id,
            resource_units=visit.resource_units,
        )


def _encoded(place: Place) -> str:
    return msgspec.json.encode(place).decode()
