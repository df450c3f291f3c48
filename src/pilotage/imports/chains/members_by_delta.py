"""The members of all groups in one chain of changes, begun from nothing.

Source: https://learn.microsoft.com/graph/api/group-delta. A large group comes again on the pages
that follow, each time with more of its members.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from pilotage.imports.chains.decode import DECODING
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.members import Pairs
from pilotage.imports.chains.step import NotOffered, Step
from pilotage.imports.collectors.collector import Members
from pilotage.microsoft.graph import GraphClient, GraphPage
from pilotage.microsoft.graph.errors import (
    AnswerUnreadable,
    DeltaExpired,
    GraphUnavailable,
    ObjectGone,
    PermissionMissing,
    RequestRefused,
)

_PARAMS = {"$select": "id,members"}
# However a server says that it does not know this: what is plainer is tried before giving up.
_REFUSALS = (
    *(RequestRefused, ObjectGone, DeltaExpired, PermissionMissing),
    *(GraphUnavailable, AnswerUnreadable),
)


# Before a cursor: no member has been seen on the way to it.
_NOTHING_YET = "-"


class MembersByDelta:
    """One chain for all containers. The cursor is the next link."""

    name = "delta"
    start = ""

    def __init__(self, collector: Members) -> None:
        self._collector = collector

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The pages from `cursor` on; raises NotOffered when members do not come this way."""
        guard, has_seen = EndlessGuard(), bool(cursor) and not cursor.startswith(_NOTHING_YET)
        link = cursor.removeprefix(_NOTHING_YET)
        page = client.get(link) if link else self._first(client)
        while True:
            guard.check(page)
            with DECODING:
                step = self._step(page, customer_id)
            has_seen |= step.read > 0
            # A server may offer the changes of groups, yet leave the members out.
            if step.is_last and not has_seen:
                raise NotOffered
            yield step if has_seen else replace(step, cursor=_NOTHING_YET + step.cursor)
            if step.is_last:
                return
            page = client.get(page.next_link)

    def _first(self, client: GraphClient) -> GraphPage:
        try:
            page = client.get(self._collector.delta, params=_PARAMS)
        except _REFUSALS as error:
            raise NotOffered from error
        if not page.next_link and not page.delta_link:
            raise NotOffered
        return page

    def _step(self, page: GraphPage, customer_id: UUID) -> Step:
        pairs = Pairs()
        pairs.add_containers(page)
        step = pairs.step(
            self._collector, customer_id, cursor=page.next_link, is_last=not page.next_link
        )
        return replace(step, request_id=page.request_id, resource_units=page.resource_units or 0.0)
