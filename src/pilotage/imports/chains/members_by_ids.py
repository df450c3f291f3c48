"""Members of fifty groups with one request, several requests at a time.

A request for changes may be filtered by up to fifty ids; begun from nothing, such a chain tells all
members of those groups for one unit of Graph's quota.
Source: https://learn.microsoft.com/graph/api/group-delta ($filter).
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from pilotage.imports.chains.container_walk import Place
from pilotage.imports.chains.containers import next_ids
from pilotage.imports.chains.decode import DECODING
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.members import Pairs
from pilotage.imports.chains.step import NotOffered, Step
from pilotage.imports.collectors.collector import Members
from pilotage.imports.store.table import Table
from pilotage.microsoft.graph import GraphClient, GraphPage
from pilotage.microsoft.graph.errors import ObjectGone, RequestRefused

IDS = 50
# So many pages of one request are fetched beside others; each is some ten thousand bytes.
AT_ONCE = 6
BY_IDS = "by_ids"


class Spot(Place, array_like=True):
    """The cursor: a place, and whether any member has been seen on the way there.

    A server may offer the changes of groups, yet leave their members out.
    """

    has_seen: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request on its way."""

    ids: list[str]
    pages: "Future[list[GraphPage]]"


class MembersByIds:
    """Groups in the order of their ids, fifty at a time; answers are used in that order too.

    So one place is enough to go on from, however many requests are under way.
    """

    name = BY_IDS
    start = ""

    def __init__(self, collector: Members, containers: Table, parallel: int) -> None:
        self._collector = collector
        self._containers = containers
        self._parallel = parallel
        self._has_seen = False

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The members from `cursor` on; raises NotOffered when a server does not filter by ids, or
        tells no members.
        """
        place = msgspec.json.decode(cursor, type=Spot) if cursor else Spot()
        self._has_seen = place.has_seen
        if place.link:
            yield from self._rest(client, customer_id, place)
        # Not as a context: leaving it would wait for requests whose answers nobody wants.
        pool = ThreadPoolExecutor(self._parallel, thread_name_prefix="graph-members")
        try:
            yield from self._all(client, customer_id, place.after, pool)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _all(
        self, client: GraphClient, customer_id: UUID, after: str, pool: ThreadPoolExecutor
    ) -> Iterator[Step]:
        under_way: deque[_Asked] = deque()
        last = after
        while True:
            while len(under_way) < self._parallel:
                ids = next_ids(self._containers, customer_id, last, IDS)
                if not ids:
                    break
                under_way.append(_Asked(ids, pool.submit(self._ask, client, ids)))
                last = ids[-1]
            if not under_way:
                break
            asked = under_way.popleft()
            yield from self._answered(client, customer_id, asked)
        if last and not self._has_seen:
            raise NotOffered
        yield self._step(Pairs(), customer_id, Place(last), is_last=True)

    def _ask(self, client: GraphClient, ids: list[str]) -> list[GraphPage]:
        """The first pages of one request; very large groups have more of them."""
        wanted = " or ".join(f"id eq '{name}'" for name in ids)
        params = {"$select": "id,members", "$filter": wanted}
        try:
            page = client.get(self._collector.delta, params=params)
        except (RequestRefused, ObjectGone) as error:
            raise NotOffered from error
        if not page.next_link and not page.delta_link:
            raise NotOffered
        pages = [page]
        while page.next_link and len(pages) < AT_ONCE:
            page = client.get(page.next_link)
            pages.append(page)
        return pages

    def _answered(self, client: GraphClient, customer_id: UUID, asked: _Asked) -> Iterator[Step]:
        place, wanted = Place(asked.ids[-1]), set(asked.ids)
        for page in asked.pages.result():
            place = Place(asked.ids[-1], page.next_link)
            yield self._page_step(page, customer_id, place, wanted)
        if place.link:
            yield from self._rest(client, customer_id, place)

    def _rest(self, client: GraphClient, customer_id: UUID, place: Place) -> Iterator[Step]:
        """The pages behind the first of one request."""
        guard, link = EndlessGuard(), place.link
        while link:
            page = client.get(link)
            guard.check(page)
            link = page.next_link
            yield self._page_step(page, customer_id, Place(place.after, link), None)

    def _page_step(
        self, page: GraphPage, customer_id: UUID, place: Place, wanted: set[str] | None
    ) -> Step:
        EndlessGuard().check(page)
        with DECODING:
            pairs = Pairs()
            ids = pairs.add_containers(page)
            if wanted is not None and not wanted.issuperset(ids):
                # This server passes over the filter and would tell everything each time.
                raise NotOffered
            step = self._step(pairs, customer_id, place)
        units = page.resource_units or 0.0
        return replace(step, request_id=page.request_id, resource_units=units)

    def _step(
        self, pairs: Pairs, customer_id: UUID, place: Place, *, is_last: bool = False
    ) -> Step:
        self._has_seen |= bool(pairs.kinds)
        spot = Spot(place.after, place.link, self._has_seen)
        cursor = msgspec.json.encode(spot).decode()
        return pairs.step(self._collector, customer_id, cursor=cursor, is_last=is_last)
