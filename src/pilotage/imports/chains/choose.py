"""Which ways of reading a collector has, the best first."""

from pilotage.imports.chains.listing import listing_chains
from pilotage.imports.chains.members_by_container import MembersByContainer
from pilotage.imports.chains.members_by_delta import MembersByDelta
from pilotage.imports.chains.step import Chain
from pilotage.imports.collectors.collector import Collector, Listing, Members
from pilotage.imports.collectors.registry import BY_NAME


def chains_for(collector: Collector) -> list[Chain]:
    """The chains of a collector; the last one is plain, documented listing."""
    if isinstance(collector, Listing):
        return list(listing_chains(collector))
    if isinstance(collector, Members):
        return _members_chains(collector)
    raise TypeError(f"No way to read {collector.name} is known.")


def _members_chains(collector: Members) -> list[Chain]:
    containers = BY_NAME[collector.of].table
    return [
        *([MembersByDelta(collector)] if collector.delta else []),
        MembersByContainer(collector, containers, is_batched=True),
        MembersByContainer(collector, containers, is_batched=False),
    ]


def chain_named(collector: Collector, name: str) -> Chain:
    """The chain that is in use, or the best one for ""."""
    chains = chains_for(collector)
    return next((chain for chain in chains if chain.name == name), chains[0])


def plainer_chain(collector: Collector, name: str) -> Chain | None:
    """The next way of reading after the one called `name`, None after the last."""
    chains = chains_for(collector)
    position = next((at for at, chain in enumerate(chains) if chain.name == name), 0)
    return chains[position + 1] if position + 1 < len(chains) else None
