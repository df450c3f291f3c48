"""What a collector does next: its list, the list once more, changes, the end.

Called inside the transaction that commits what came before, so that a collector is never between
two phases.
"""

from collections.abc import Sequence

from pilotage.imports.chains.choose import Tenant, best_way, chains_of, changes_way
from pilotage.imports.chains.listing import PARTED, listing_chains
from pilotage.imports.chains.step import Chain
from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.models import CollectorProgress, ImportChain, Phase


def begin(progress: CollectorProgress, collector: Collector) -> None:
    """The first phase of a collector: changes where there is a link to read them from."""
    if progress.is_delta:
        begin_changes(progress, collector)
        return
    tenant = Tenant(progress.run.customer_id, progress.expected, bool(progress.delta_link))
    begin_listing(progress, collector, best_way(collector, tenant))


def begin_listing(progress: CollectorProgress, collector: Collector, way: str) -> None:
    """Read the whole list in one way, from its beginning."""
    progress.way = way
    _enter(progress, Phase.LISTING, way, [chain.start for chain in chains_of(collector, way)])


def begin_changes(progress: CollectorProgress, collector: Collector) -> None:
    """Read what has changed since the link was taken."""
    _enter(progress, Phase.CHANGES, changes_way(collector), [progress.delta_link])


def go_on(progress: CollectorProgress, collector: Collector) -> bool:
    """Enter the phase behind one that has ended; False if there is none.

    A list that was read in parts has to have as many objects as Microsoft has counted, else it is
    read once more as a whole: a value may begin with something nobody thought of.
    """
    if progress.phase == Phase.LISTING and _is_short(progress) and isinstance(collector, Listing):
        progress.read = 0
        whole: Sequence[Chain] = listing_chains(collector)
        _enter(progress, Phase.AGAIN, whole[0].name, [whole[0].start])
        return True
    if progress.phase in {Phase.LISTING, Phase.AGAIN} and progress.delta_link:
        begin_changes(progress, collector)
        return True
    return False


def _is_short(progress: CollectorProgress) -> bool:
    return progress.way == PARTED and progress.read < (progress.expected or 0)


def _enter(progress: CollectorProgress, phase: Phase, way: str, starts: Sequence[str]) -> None:
    progress.phase = phase
    progress.chains.all().delete()
    ImportChain.objects.bulk_create(
        ImportChain(progress=progress, position=position, way=way, start=start)
        for position, start in enumerate(starts)
    )
