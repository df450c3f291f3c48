"""Going from container to container: twenty first pages in one batch, or one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.step import NotOffered
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


@dataclass(frozen=True, slots=True)
class Visit:
    """Pages of containers, each with its container's id, and the place behind them."""

    pages: list[tuple[str, GraphPage]]
    place: Place

    @property
    def request_id(self) -> str:
        """Microsoft's id of the last request, "" when nothing came."""
        return self.pages[-1][1].request_id if self.pages else ""

    @property
    def resource_units(self) -> float:
        """What the pages cost."""
        return sum(page.resource_units or 0.0 for _, page in self.pages)


@dataclass(frozen=True, slots=True)
class ContainerWalk:
    """`path` is the request for a container's list, `following` gives up to BATCH ids behind one.

    A container that is gone meanwhile is passed over.
    """

    path: Callable[[str], str]
    following: Callable[[str], list[str]]
    is_batched: bool

    def visits(self, client: GraphClient, place: Place) -> Iterator[Visit]:
        """From `place` on; raises NotOffered, and what the client raises."""
        if place.link:
            yield from self._rest(client, place)
        after = place.after
        while ids := self.following(after):
            pages: list[tuple[str, GraphPage]] = []
            for name, page in self._ask(client, ids, is_first=not after):
                after = name
                if page is None:
                    continue
                EndlessGuard().check(page)
                pages.append((name, page))
                if page.next_link:
                    within = Place(name, page.next_link)
                    yield Visit(pages, within)
                    pages = []
                    yield from self._rest(client, within)
            yield Visit(pages, Place(after))

    def _rest(self, client: GraphClient, place: Place) -> Iterator[Visit]:
        """The pages of one large container behind its first."""
        guard, link = EndlessGuard(), place.link
        while link:
            try:
                page = client.get(link)
            except ObjectGone:
                return
            guard.check(page)
            link = page.next_link
            yield Visit([(place.after, page)], Place(place.after, link))

    def _ask(
        self, client: GraphClient, ids: list[str], *, is_first: bool
    ) -> Iterator[tuple[str, GraphPage | None]]:
        if not self.is_batched:
            yield from ((name, self._one(client, name)) for name in ids)
            return
        items = [BatchItem(str(at), self.path(name)) for at, name in enumerate(ids)]
        try:
            answers = client.batch(items)
        except (RequestRefused, ObjectGone) as error:
            raise NotOffered from error
        except (GraphUnavailable, AnswerUnreadable) as error:
            # A server without batches may say so in odd ways; one that has answered them may not.
            raise (NotOffered() if is_first else error) from error
        for answer in answers:
            if answer.error is not None and not isinstance(answer.error, ObjectGone):
                raise _plainer(answer.error)
        yield from ((name, answer.page) for name, answer in zip(ids, answers, strict=True))

    def _one(self, client: GraphClient, name: str) -> GraphPage | None:
        try:
            return client.get(self.path(name))
        except ObjectGone:
            return None


def _plainer(error: GraphError) -> Exception:
    """What to do about a refused item: an unknown option makes the plainer way the better one."""
    return NotOffered() if isinstance(error, RequestRefused) else error
