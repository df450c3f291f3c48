"""Beginning a collector, or one of its chains, anew; what is stored is merged, never lost."""

from pilotage.imports.chains.container_walk import IN_ORDER
from pilotage.imports.collectors.collector import Collector
from pilotage.imports.models import CollectorProgress, ImportChain, Phase
from pilotage.imports.run.plan import begin_listing
from pilotage.imports.store.seen import forget


def restart(progress: CollectorProgress, chain: ImportChain, link: str) -> None:
    """Microsoft no longer knows the page that a chain was at.

    A list alone is begun anew from that chain's start, if changes will tell what vanished between
    the two readings. A link for changes that has expired means reading the whole list; `link` is
    a new one then.
    """
    if progress.phase != Phase.CHANGES and progress.delta_link:
        progress.read -= chain.read
        chain.cursor, chain.read, chain.restarts = "", 0, chain.restarts + 1
        chain.save(update_fields=["cursor", "read", "restarts"])
        progress.save()
        return
    progress.restarts += 1
    if progress.phase == Phase.CHANGES:
        progress.is_delta, progress.delta_link = False, link
    _begin_anew(progress)


def take_way(
    progress: CollectorProgress, chain: ImportChain, collector: Collector, way: str | None
) -> None:
    """Read in another way; a cursor is only good where it came from.

    `way` None is for changes that are not told after all: the list is read as a whole then.
    """
    if progress.is_delta:
        progress.is_delta, progress.delta_link = False, ""
        _begin_anew(progress)
    elif progress.way in IN_ORDER and way in IN_ORDER:
        progress.way = chain.way = way
        chain.save(update_fields=["way"])
        progress.save()
    else:
        _begin_anew(progress)
        ImportChain.objects.bulk_create(begin_listing(progress, collector, way or ""))
        progress.save()


def _begin_anew(progress: CollectorProgress) -> None:
    progress.phase, progress.page_number, progress.read = Phase.NONE, 0, 0
    # From here on what the first pass has stored may be gone, so all is to be seen again.
    progress.is_fresh, progress.has_unknown = False, False
    progress.chains.all().delete()
    forget(progress.run_id, progress.collector)
    progress.save()
