"""Members container by container: twenty first pages in one batch, or one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

import msgspec

from pilotage.imports.chains.containers import next_ids
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.members import Pairs
from pilotage.imports.chains.step import NotOffered, Step
from pilotage.imports.collectors.collector import Members
from pilotage.imports.store.table import Table
from pilotage.microsoft.graph import BatchItem, GraphClient, GraphPage
from pilotage.microsoft.graph.errors import (
    AnswerUnreadable,
    GraphError,
    GraphUnavailable,
    ObjectGone,
    RequestRefused,
)

BATCH = 20
BATCHED, ONE_BY_ONE = "batch", "one_by_one"
# Both go through the containers in the same order, so that either can go on from the other's place.
IN_ORDER = {BATCHED, ONE_BY_ONE}


class Place(msgspec.Struct, array_like=True):
    """The cursor: all containers up to `after` are done; `link` goes on within it, if any."""

    after: str = ""
    link: str = ""


@dataclass(slots=True)
class _Answer:
    container_id: str
    page: GraphPage | None


class MembersByContainer:
    """Containers in the order of their ids, as the collector before has stored them.

    Only ids are asked for: names come with the users and groups themselves.
    """

    def __init__(self, collector: Members, containers: Table, *, is_batched: bool) -> None:
        self.name = BATCHED if is_batched else ONE_BY_ONE
        self.start = ""
        self._collector = collector
        self._containers = containers
        self._is_batched = is_batched

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The members from `cursor` on; a container that is gone meanwhile has none."""
        place = msgspec.json.decode(cursor, type=Place) if cursor else Place()
        if place.link:
            yield from self._rest(client, customer_id, place)
        while True:
            ids = next_ids(self._containers, customer_id, place.after, BATCH)
            if not ids:
                yield self._step(Pairs(), customer_id, place, is_last=True)
                return
            pairs = Pairs()
            for answer in self._ask(client, ids, is_first=not place.after):
                place = Place(answer.container_id)
                if answer.page is None:
                    continue
                pairs.add_page(answer.container_id, answer.page)
                if answer.page.next_link:
                    place.link = answer.page.next_link
                    yield self._step(pairs, customer_id, place)
                    pairs = Pairs()
                    yield from self._rest(client, customer_id, place)
                    place = Place(answer.container_id)
            yield self._step(pairs, customer_id, place)

    def _rest(self, client: GraphClient, customer_id: UUID, place: Place) -> Iterator[Step]:
        """The pages of one large container behind its first."""
        guard, link = EndlessGuard(), place.link
        while link:
            try:
                page = client.get(link)
            except ObjectGone:
                return
            guard.check(page)
            found = Pairs()
            found.add_page(place.after, page)
            link = page.next_link
            yield self._step(found, customer_id, Place(place.after, link))

    def _ask(self, client: GraphClient, ids: list[str], *, is_first: bool) -> list[_Answer]:
        if not self._is_batched:
            return [_Answer(name, self._one(client, name)) for name in ids]
        items = [BatchItem(str(at), self._path(name)) for at, name in enumerate(ids)]
        try:
            answers = client.batch(items)
        except (RequestRefused, ObjectGone) as error:
            raise NotOffered from error
        except (GraphUnavailable, AnswerUnreadable) as error:
            # A server without batches may say so in odd ways; one that has answered them may not.
            raise (NotOffered() if is_first else error) from error
        found = []
        for name, answer in zip(ids, answers, strict=True):
            if answer.error is not None and not isinstance(answer.error, ObjectGone):
                raise _plainer(answer.error)
            found.append(_Answer(name, answer.page))
        return found

    def _one(self, client: GraphClient, name: str) -> GraphPage | None:
        try:
            return client.get(self._path(name))
        except ObjectGone:
            return None

    def _path(self, container_id: str) -> str:
        top = f"&$top={self._collector.top}" if self._collector.top else ""
        path = f"{self._collector.resource}/{quote(container_id, safe='')}/members"
        return f"{path}?$select=id{top}"

    def _step(
        self, pairs: Pairs, customer_id: UUID, place: Place, *, is_last: bool = False
    ) -> Step:
        cursor = msgspec.json.encode(place).decode()
        return pairs.step(self._collector, customer_id, cursor=cursor, is_last=is_last)


def _plainer(error: GraphError) -> Exception:
    """What to do about a refused item: an unknown option makes the plainer way the better one."""
    return NotOffered() if isinstance(error, RequestRefused) else error
