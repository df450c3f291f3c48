"""One page, one transaction: lease, rows, cursor and counts together, or nothing of it."""

import time

from django.db import connection, transaction

from pilotage.imports.chains.step import BadObject, Step
from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.models import CollectorProgress, CollectorState
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import Where, note, resolve
from pilotage.imports.store.seen import remember, sweep
from pilotage.imports.store.write import remove_parts_not_staged, write_rows
from pilotage.kernel import clock
from pilotage.kernel.errors import Conflict


class NothingReturned(Conflict):
    """Microsoft returned an empty list where there is always something."""


def commit_page(
    lease: Lease, progress: CollectorProgress, collector: Collector, step: Step, began: float
) -> None:
    """Store a step; with the last one the collector is done and what is gone is removed.

    `began` (of the monotonic clock) is when this page was first waited for. Raises what
    `Lease.renew` raises, and NothingReturned.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # A lost commit loses rows and cursor together, so it only costs reading them again.
            cursor.execute("set local synchronous_commit = off")
        lease.renew(is_page=True, units=step.resource_units)
        _store(progress, collector, step)
        _advance(progress, step)
        where = Where(progress.run, collector.name, progress.page_number)
        if step.bad:
            _note_bad(where, step.bad, step.request_id)
        if step.is_last:
            _complete(where, progress, collector)
        progress.seconds += time.monotonic() - began
        progress.save()


def _store(progress: CollectorProgress, collector: Collector, step: Step) -> None:
    run, is_fresh = progress.run, progress.is_fresh
    progress.written += write_rows(step.rows, is_fresh=is_fresh)
    if step.parts is not None and isinstance(collector, Listing) and collector.part:
        write_rows(step.parts, is_fresh=is_fresh)
        if not is_fresh:
            remove_parts_not_staged(collector.part.table, run.customer_id, step.owners)
    if not is_fresh and step.keys:
        remember(run.id, collector.name, step.keys)


def _advance(progress: CollectorProgress, step: Step) -> None:
    progress.cursor = step.cursor
    progress.page_number += 1
    progress.read += step.read
    progress.errors += len(step.bad)
    progress.has_unknown |= any(not bad.object_id for bad in step.bad)
    progress.tries = 0


def _note_bad(where: Where, bad: list[BadObject], request_id: str) -> None:
    first = bad[0]
    facts = {
        "text": first.text.replace("\x00", ""),
        "object_id": first.object_id,
        "request_id": request_id[:100],
    }
    note(where, "object_unreadable", facts=facts, count=len(bad))


def _complete(where: Where, progress: CollectorProgress, collector: Collector) -> None:
    never_empty = isinstance(collector, Listing) and collector.is_never_empty
    if never_empty and progress.read == 0:
        raise NothingReturned
    if not progress.is_fresh and not progress.has_unknown:
        progress.removed += sweep(where.run.id, where.run.customer_id, collector)
    progress.state = CollectorState.SUCCEEDED
    progress.expected = progress.read
    progress.finished_at = clock.now()
    resolve(where)
