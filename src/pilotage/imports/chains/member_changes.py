"""Who has joined and left groups since a deltaLink was taken.

Source: https://learn.microsoft.com/graph/api/group-delta.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

import msgspec

from pilotage.imports.chains.changes import next_page
from pilotage.imports.chains.decode import DECODING, objects_of
from pilotage.imports.chains.guard import EndlessGuard
from pilotage.imports.chains.members import Container, Member, Pairs, container_in, member_in
from pilotage.imports.chains.step import BadObject, NotOffered, Step
from pilotage.imports.collectors.collector import Members
from pilotage.microsoft.graph import GraphClient, GraphPage

MEMBER_CHANGES = "member_changes"


@dataclass(slots=True)
class _Left:
    """Pairs that are gone, and containers with everybody in them."""

    pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    containers: dict[str, None] = field(default_factory=dict)


class MemberChanges:
    """One chain of changes for all containers, begun at the deltaLink `start`."""

    name = MEMBER_CHANGES

    def __init__(self, collector: Members, start: str) -> None:
        self.start = start
        self._collector = collector

    def steps(self, client: GraphClient, customer_id: UUID, cursor: str) -> Iterator[Step]:
        """The pages from `cursor` on; the last step has the deltaLink for the next time."""
        guard, link = EndlessGuard(), cursor or self.start
        while True:
            page = next_page(client, link, is_first=link == self.start)
            guard.check(page)
            if not page.next_link and not page.delta_link:
                raise NotOffered
            with DECODING:
                step = self._step(page, customer_id)
            yield step
            if step.is_last:
                return
            link = page.next_link

    def _step(self, page: GraphPage, customer_id: UUID) -> Step:
        joined, left = Pairs(), _Left()
        for raw in objects_of(page):
            try:
                self._sort(container_in(raw), joined, left)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                joined.bad.append(BadObject("", str(error)[:500]))
        step = joined.step(
            self._collector, customer_id, cursor=page.next_link, is_last=not page.next_link
        )
        return replace(
            step,
            removed=list(left.pairs),
            removed_owners=list(left.containers),
            request_id=page.request_id,
            resource_units=page.resource_units or 0.0,
            delta_link=page.delta_link,
        )

    def _sort(self, container: Container, joined: Pairs, left: _Left) -> None:
        if container.removed is not None:
            left.containers[container.id] = None
            return
        left.containers.pop(container.id, None)
        for raw in container.members or ():
            self._sort_member(container.id, member_in(raw), joined, left)

    def _sort_member(self, container_id: str, member: Member, joined: Pairs, left: _Left) -> None:
        pair = (container_id, member.id)
        joined.read += 1
        if member.removed is None:
            left.pairs.pop(pair, None)
            joined.kinds[pair] = member.kind
        else:
            joined.kinds.pop(pair, None)
            left.pairs[pair] = None
