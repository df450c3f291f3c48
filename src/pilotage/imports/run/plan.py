"""What a collector does next: its list, the list once more, changes, the end.

Called inside the transaction that commits what came before, so that a collector is never between
two phases. Chains are made here and saved by the caller, who may have those of several collectors.
"""

from collections.abc import Sequence

from pilotage.imports.chains.choose import Tenant, best_way, chains_of, changes_way
from pilotage.imports.chains.listing import PARTED, listing_chains
from pilotage.imports.chains.step import Chain
from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.models import CollectorProgress, ImportChain, Phase
from pilotage.imports.store.count_kept import count_kept


def begin(progress: CollectorProgress, collector: Collector) -> list[ImportChain]:
    """The first phase of a collector: changes where there is a link to read them from."""
    if progress.is_delta:
        return begin_changes(progress, collector)
    tenant = Tenant(progress.run.customer_id, progress.expected, bool(progress.delta_link))
    return begin_listing(progress, collector, best_way(collector, tenant))


def begin_listing(progress: CollectorProgress, collector: Collector, way: str) -> list[ImportChain]:
    """Read the whole list in one way, from its beginning."""
    progress.way = way
    starts = [chain.start for chain in chains_of(collector, way)]
    return _enter(progress, Phase.LISTING, way, starts)


def begin_changes(progress: CollectorProgress, collector: Collector) -> list[ImportChain]:
    """Read what has changed since the link was taken."""
    return _enter(progress, Phase.CHANGES, changes_way(collector), [progress.delta_link])


def go_on(progress: CollectorProgress, collector: Collector) -> list[ImportChain]:
    """Enter the phase behind one that has ended; no chains if there is none.

    A list that was read in parts has to have as many objects as Microsoft has counted, else it is
    read once more as a whole: a value may begin with something nobody thought of.
    """
    if (
        progress.phase == Phase.LISTING
        and isinstance(collector, Listing)
        and _is_short(progress, collector)
    ):
        progress.read = 0
        whole: Sequence[Chain] = listing_chains(collector)
        return _enter(progress, Phase.AGAIN, whole[0].name, [whole[0].start])
    if progress.phase in {Phase.LISTING, Phase.AGAIN} and progress.delta_link:
        return begin_changes(progress, collector)
    return []


def _is_short(progress: CollectorProgress, collector: Collector) -> bool:
    """Whether parts hold fewer objects than there are; one that came twice counts once."""
    if progress.way != PARTED:
        return False
    return count_kept(progress, collector.table) + progress.errors < (progress.expected or 0)


def _enter(
    progress: CollectorProgress, phase: Phase, way: str, starts: Sequence[str]
) -> list[ImportChain]:
    progress.phase = phase
    return [
        ImportChain(progress=progress, position=position, way=way, start=start)
        for position, start in enumerate(starts)
    ]
