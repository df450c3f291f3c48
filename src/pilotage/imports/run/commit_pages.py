"""One page, one transaction: lease, rows, cursor and counts together, or nothing of it.

Pages that have come while the one before was being written share a transaction, each with its own
cursor: what has to be said to the database once more for each page costs more than its rows.
"""

import time
from dataclasses import replace

from django.db import transaction
from psycopg.errors import UniqueViolation

from pilotage.imports.chains.step import BadObject, Step
from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.models import CollectorProgress, CollectorState, ImportChain, Phase
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import Where, note
from pilotage.imports.run.plan import go_on
from pilotage.imports.run.save_end import save_end
from pilotage.imports.run.save_place import save_place
from pilotage.imports.store.seen import remember, remove, remove_all_of, sweep
from pilotage.imports.store.sift import REFUSED, sifted
from pilotage.imports.store.write import together, write_rows
from pilotage.imports.store.writing import Writing
from pilotage.kernel import clock
from pilotage.kernel.errors import Conflict

Page = tuple[ImportChain, Step]


class NothingReturned(Conflict):
    """Microsoft returned an empty list where there is always something."""


def commit_pages(lease: Lease, collector: Collector, pages: list[Page], began: float) -> None:
    """Store pages of a collector; behind the last one comes the next phase, or its end.

    Several at once have to be such that `may_share` says so of each. `began` (of the monotonic
    clock) is when they were first waited for. Raises what `Lease.renew` raises, and
    NothingReturned.
    """
    is_fresh = pages[0][0].progress.is_fresh
    try:
        _commit(lease, collector, pages, began, is_fresh=is_fresh)
    except (UniqueViolation, *REFUSED):
        # A page that was read before, or an object that moved between pages: these are merged.
        for page in pages:
            _commit_alone(lease, collector, page, began)
            began = time.monotonic()


def _commit_alone(lease: Lease, collector: Collector, page: Page, began: float) -> None:
    try:
        _commit(lease, collector, [page], began, is_fresh=False)
    except REFUSED:
        # Objects that PostgreSQL does not take are reported, and the rest of the page is stored.
        chain, step = page
        rows, refused = sifted(step.rows, replace(_writing(chain.progress), is_fresh=False))
        bad = [BadObject(key, said) for key, said in refused.items()]
        rest = replace(step, rows=rows, bad=[*step.bad, *bad])
        _commit(lease, collector, [(chain, rest)], began, is_fresh=False)


def may_share(step: Step) -> bool:
    """Whether a page may be stored together with others that hold no object of it.

    Of a group that is gone with all its members it is not known which keys it touches.
    """
    return not step.bad and not step.removed_owners


def _commit(
    lease: Lease, collector: Collector, pages: list[Page], began: float, *, is_fresh: bool
) -> None:
    chain, latest = pages[-1]
    progress = chain.progress
    with transaction.atomic():
        _store(progress, collector, [step for _, step in pages], is_fresh=is_fresh)
        for page in pages:
            _advance(progress, *page)
        where = Where(progress.run, collector.name, progress.page_number)
        if latest.bad:
            _note_bad(where, latest.bad, latest.request_id)
        progress.seconds += time.monotonic() - began
        chains = list(dict.fromkeys(row for row, _ in pages))
        units = sum(step.resource_units for _, step in pages)
        if not save_place(lease, progress, chains, units):
            _end_phase(progress, collector, latest.delta_link)


def end_without_changes(lease: Lease, progress: CollectorProgress, collector: Collector) -> None:
    """End a collector that has read its list, where the changes since then are not told."""
    with transaction.atomic():
        lease.renew()
        _complete(progress, collector, "")


def _store(
    progress: CollectorProgress, collector: Collector, steps: list[Step], *, is_fresh: bool
) -> None:
    writing = replace(_writing(progress), is_fresh=is_fresh)
    progress.written += write_rows(together([step.rows for step in steps]), writing)
    for step in steps:
        if step.removed:
            progress.removed += remove(collector.table, writing, step.removed)
        if step.removed_owners:
            progress.removed += remove_all_of(collector.table, writing, step.removed_owners)
    if not progress.is_fresh and not progress.is_delta:
        remember(writing, [key for step in steps for key in step.stored_keys])


def _writing(progress: CollectorProgress) -> Writing:
    run = progress.run
    return Writing(run.id, run.customer_id, progress.collector, progress.is_fresh, clock.now())


def _advance(progress: CollectorProgress, chain: ImportChain, step: Step) -> None:
    chain.cursor = step.cursor
    chain.page_number += 1
    chain.read += step.read
    chain.is_done = step.is_last
    progress.page_number += 1
    progress.read += step.read
    progress.errors += len(step.bad)
    progress.has_unknown |= any(not bad.object_id for bad in step.bad)
    progress.tries = 0


def _note_bad(where: Where, bad: list[BadObject], request_id: str) -> None:
    """Those without an id are told apart: because of them nothing may be removed."""
    known = [one for one in bad if one.object_id]
    nameless = [one for one in bad if not one.object_id]
    for code, found in (("object_unreadable", known), ("object_without_id", nameless)):
        if found:
            facts = {
                "text": found[0].text.replace("\x00", ""),
                "object_id": found[0].object_id,
                "request_id": request_id[:100],
            }
            note(where, code, facts=facts, count=len(found))


def _end_phase(progress: CollectorProgress, collector: Collector, delta_link: str) -> None:
    never_empty = isinstance(collector, Listing) and collector.is_never_empty
    if never_empty and progress.phase != Phase.CHANGES and progress.read == 0:
        raise NothingReturned
    chains = go_on(progress, collector)
    if not chains:
        _complete(progress, collector, delta_link)
        return
    progress.chains.all().delete()
    ImportChain.objects.bulk_create(chains)
    progress.save()


def _complete(progress: CollectorProgress, collector: Collector, delta_link: str) -> None:
    is_whole = not progress.is_delta
    if is_whole and not progress.is_fresh and not progress.has_unknown:
        progress.removed += sweep(collector.table, _writing(progress))
    progress.state = CollectorState.SUCCEEDED
    progress.expected = progress.read
    # What could not be read would not be told again as a change, so the next run reads all.
    save_end(progress, collector, "" if progress.errors else delta_link)
