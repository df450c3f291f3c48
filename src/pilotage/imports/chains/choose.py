"""Which ways of reading a collector has, and which is the best for a tenant."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from pilotage.imports.chains.changes import CHANGES, Changes
from pilotage.imports.chains.containers import are_many
from pilotage.imports.chains.listing import PARTED, listing_chains, part_chains
from pilotage.imports.chains.member_changes import MEMBER_CHANGES, MemberChanges
from pilotage.imports.chains.members_by_container import MembersByContainer
from pilotage.imports.chains.members_by_delta import MembersByDelta
from pilotage.imports.chains.members_by_ids import BY_IDS, MembersByIds
from pilotage.imports.chains.rows_by_container import RowsByContainer
from pilotage.imports.chains.rows_by_expanding import RowsByExpanding
from pilotage.imports.chains.step import Chain
from pilotage.imports.collectors.collector import Below, Collector, Listing, Members
from pilotage.imports.collectors.registry import BY_NAME

# Below these a single chain has few pages, and parts would only cost requests.
MANY_OBJECTS = 5_000
MANY_CONTAINERS = 200
# Ways that are sound only when what changed meanwhile is told afterwards.
NEED_CHANGES = frozenset({PARTED, BY_IDS})


@dataclass(frozen=True, slots=True)
class Tenant:
    """What the choice depends on. `has_link`: what changes while a list is read will be told.

    Without that a list must not be read in parts: an object that moves from one part to another
    would be missed.
    """

    customer_id: UUID
    expected: int | None
    has_link: bool


def best_way(collector: Collector, tenant: Tenant) -> str:
    """The name of the best way of reading the whole list."""
    is_single = settings.IMPORT_CHAINS == "single"
    if isinstance(collector, Members):
        many = are_many(BY_NAME[collector.of].table, tenant.customer_id, MANY_CONTAINERS)
        is_parted = bool(collector.delta) and tenant.has_link and many
    else:
        is_parted = tenant.has_link and (tenant.expected or 0) > MANY_OBJECTS
    ways = ways_of(collector)
    if (is_single or not is_parted) and ways[0] in NEED_CHANGES:
        return ways[1]
    return ways[0]


def ways_of(collector: Collector) -> list[str]:
    """The names of the ways of reading the whole list, the plainest one last."""
    return list(dict.fromkeys(chain.name for chain in _whole(collector)))


def plainer_way(collector: Collector, way: str) -> str | None:
    """The next way of reading after `way`, None after the last."""
    ways = ways_of(collector)
    position = ways.index(way) if way in ways else 0
    return ways[position + 1] if position + 1 < len(ways) else None


def chains_of(collector: Collector, way: str) -> list[Chain]:
    """The chains that together read the whole list in one way."""
    return [chain for chain in _whole(collector) if chain.name == way]


def chain_of(collector: Collector, way: str, start: str) -> Chain:
    """One chain, as it is kept with a run; raises LookupError for an unknown one."""
    if way == CHANGES and isinstance(collector, Listing):
        return Changes(collector, start)
    if way == MEMBER_CHANGES and isinstance(collector, Members):
        return MemberChanges(collector, start)
    found = (chain for chain in chains_of(collector, way) if chain.start == start)
    chain = next(found, None)
    if chain is None:
        raise LookupError(f"No way to read {collector.name} is called {way}.")
    return chain


def changes_way(collector: Collector) -> str:
    """The name of the way of reading what has changed."""
    return MEMBER_CHANGES if isinstance(collector, Members) else CHANGES


def _whole(collector: Collector) -> list[Chain]:
    if isinstance(collector, Below):
        return _below(collector)
    if isinstance(collector, Listing):
        return [*part_chains(collector), *listing_chains(collector)]
    if not isinstance(collector, Members):
        raise TypeError(f"No way to read {collector.name} is known.")
    containers = BY_NAME[collector.of].table
    by_changes: list[Chain] = [
        MembersByIds(collector, containers, settings.MICROSOFT.parallel),
        MembersByDelta(collector),
    ]
    return [
        *(by_changes if collector.delta else []),
        MembersByContainer(collector, containers, is_batched=True),
        MembersByContainer(collector, containers, is_batched=False),
    ]


def _below(collector: Below) -> list[Chain]:
    containers = BY_NAME[collector.of].table
    return [
        RowsByExpanding(collector),
        RowsByContainer(collector, containers, is_batched=True),
        RowsByContainer(collector, containers, is_batched=False),
    ]
