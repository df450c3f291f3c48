"""One page, one transaction: lease, rows, cursor and counts together, or nothing of it."""

import time
from dataclasses import replace

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from pilotage.imports.chains.step import BadObject, Step
from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.models import CollectorProgress, CollectorState, ImportChain, Phase
from pilotage.imports.run.delta_links import drop_link, keep_link
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import Where, note, resolve
from pilotage.imports.run.plan import go_on
from pilotage.imports.store.seen import remember, remove, remove_all_of, sweep
from pilotage.imports.store.write import write_rows
from pilotage.imports.store.writing import Writing
from pilotage.kernel import clock
from pilotage.kernel.errors import Conflict

_SAVE_PLACE = """
    with chain as (
        update imports_importchain set cursor = %s, page_number = %s, read = %s, is_done = %s
        where id = %s
    )
    update imports_collectorprogress set page_number = %s, read = %s, written = %s, removed = %s,
        errors = %s, has_unknown = %s, tries = %s, seconds = %s
    where id = %s
"""


class NothingReturned(Conflict):
    """Microsoft returned an empty list where there is always something."""


def commit_page(
    lease: Lease, chain: ImportChain, collector: Collector, step: Step, began: float
) -> None:
    """Store a step of a chain; behind the last one comes the next phase, or the collector's end.

    `began` (of the monotonic clock) is when the collector's page was first waited for. Raises what
    `Lease.renew` raises, and NothingReturned.
    """
    try:
        _commit(lease, chain, collector, step, began, is_fresh=chain.progress.is_fresh)
    except UniqueViolation:
        # A page that was read before, or an object that moved between pages: this one is merged.
        _commit(lease, chain, collector, step, began, is_fresh=False)


def _commit(
    lease: Lease,
    chain: ImportChain,
    collector: Collector,
    step: Step,
    began: float,
    *,
    is_fresh: bool,
) -> None:
    progress = chain.progress
    with transaction.atomic():
        lease.renew(is_page=True, units=step.resource_units)
        _store(progress, collector, step, is_fresh=is_fresh)
        _advance(progress, chain, step)
        where = Where(progress.run, collector.name, progress.page_number)
        if step.bad:
            _note_bad(where, step.bad, step.request_id)
        progress.seconds += time.monotonic() - began
        _save_place(progress, chain)
        if step.is_last:
            _end_chain(where, chain, collector, step.delta_link)


def end_without_changes(lease: Lease, progress: CollectorProgress, collector: Collector) -> None:
    """End a collector that has read its list, where the changes since then are not told."""
    with transaction.atomic():
        lease.renew()
        where = Where(progress.run, collector.name, progress.page_number)
        _complete(where, progress, collector, "")
        progress.save()


def _store(
    progress: CollectorProgress, collector: Collector, step: Step, *, is_fresh: bool
) -> None:
    writing = replace(_writing(progress), is_fresh=is_fresh)
    progress.written += write_rows(step.rows, writing)
    if step.removed:
        progress.removed += remove(collector.table, writing, step.removed)
    if step.removed_owners:
        progress.removed += remove_all_of(collector.table, writing, step.removed_owners)
    if not progress.is_fresh and not progress.is_delta:
        remember(writing, step.keys or [(one, "") for one in step.ids])


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


def _save_place(progress: CollectorProgress, chain: ImportChain) -> None:
    """Cursor and counts in one statement: it is made for every page there is."""
    values: list[str | int | float | bool] = [
        chain.cursor, chain.page_number, chain.read, chain.is_done, chain.id,
        progress.page_number, progress.read, progress.written, progress.removed, progress.errors,
        progress.has_unknown, progress.tries, progress.seconds, progress.id,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SAVE_PLACE, values)


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


def _end_chain(where: Where, chain: ImportChain, collector: Collector, delta_link: str) -> None:
    progress = chain.progress
    if progress.chains.filter(is_done=False).exists():
        return
    never_empty = isinstance(collector, Listing) and collector.is_never_empty
    if never_empty and progress.phase != Phase.CHANGES and progress.read == 0:
        raise NothingReturned
    if not go_on(progress, collector):
        _complete(where, progress, collector, delta_link)
    progress.save()


def _complete(
    where: Where, progress: CollectorProgress, collector: Collector, delta_link: str
) -> None:
    is_whole = not progress.is_delta
    if is_whole and not progress.is_fresh and not progress.has_unknown:
        progress.removed += sweep(collector.table, _writing(progress))
    if delta_link and not progress.errors:
        keep_link(where.run, collector, delta_link)
    else:
        # What could not be read would not be told again as a change, so the next run reads all.
        drop_link(where.run, collector)
    progress.state = CollectorState.SUCCEEDED
    progress.expected = progress.read
    progress.finished_at = clock.now()
    progress.chains.all().delete()
    resolve(where)
