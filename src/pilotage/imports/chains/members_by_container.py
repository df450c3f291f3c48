"""Members container by container."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote
from uuid import UUID

import msgspec

from pilotage.imports.chains.container_walk import (
    BATCH,
    BATCHED,
    ONE_BY_ONE,
    ContainerWalk,
    Place,
)
from pilotage.imports.chains.containers import next_ids
from pilotage.imports.chains.decode import DECODING
from pilotage.imports.chains.members import Pairs
from pilotage.imports.chains.step import Step
from pilotage.imports.collectors.collector import Members
from pilotage.imports.store.table import Table
from pilotage.microsoft.graph import GraphClient


class MembersByContainer:
    """Containers in the order of their ids, as the collector before has stored them.

    Only ids are asked for: names come with the users and groups themselves.
    """

    start = ""

    def __init__(self, collector: Members, containers: Table, *, is_batched: bool) -> None:
        self.name = BATCHED if is_batched else ONE_BY_ONE
        self._collector = collector
        self._containers = containers
        self._is_batched = is_batched

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The members from `cursor` on; a container that is gone meanwhile has none."""
        place = msgspec.json.decode(cursor, type=Place) if cursor else Place()
        following = partial(next_ids, self._containers, customer_id, limit=BATCH)
        walk = ContainerWalk(self._path, following, self._is_batched)
        for visit in walk.visits(client, place):
            place = visit.place
            with DECODING:
                pairs = Pairs()
                for container_id, page in visit.pages:
                    pairs.add_page(container_id, page)
                step = self._step(pairs, customer_id, place)
            units = visit.resource_units
            yield replace(step, request_id=visit.request_id, resource_units=units)
        yield self._step(Pairs(), customer_id, place, is_last=True)

    def _path(self, container_id: str) -> str:
        top = f"&$top={self._collector.top}" if self._collector.top else ""
        path = f"{self._collector.resource}/{quote(container_id, safe='')}/members"
        return f"{path}?$select=id{top}"

    def _step(
        self, pairs: Pairs, customer_id: UUID, place: Place, *, is_last: bool = False
    ) -> Step:
        cursor = msgspec.json.encode(place).decode()
        return pairs.step(self._collector, customer_id, cursor=cursor, is_last=is_last)
