"""The one statement with which pages are made good: lease, cursors and counts."""

from typing import Any

from django.db import connection

from pilotage.imports.models import CollectorProgress, ImportChain
from pilotage.imports.run.lease import RENEW, Lease

_SAVE = f"""
    with renewed as ({RENEW}), chain as (
        update imports_importchain c
        set cursor = v.cursor, page_number = v.page_number, read = v.read, is_done = v.is_done
        from unnest(%(chains)s::bigint[], %(cursors)s::text[], %(pages)s::int[], %(reads)s::int[],
            %(dones)s::bool[]) as v (id, cursor, page_number, read, is_done)
        where c.id = v.id and exists (select from renewed)
    ), progress as (
        update imports_collectorprogress
        set page_number = %(page_number)s, read = %(read)s, written = %(written)s,
            removed = %(removed)s, errors = %(errors)s, has_unknown = %(has_unknown)s,
            tries = %(tries)s, seconds = %(took)s
        where id = %(progress)s and exists (select from renewed)
    )
    select *, exists (
        select from imports_importchain
        where progress_id = %(progress)s and not is_done and id <> all(%(chains)s)
    ) from renewed
"""  # noqa: S608 - made of nothing but our own text


def save_place(
    lease: Lease, progress: CollectorProgress, chains: list[ImportChain], units: float
) -> bool:
    """Save where `chains` of a collector stand; returns whether any of its chains goes on.

    It is the last statement before a commit, and nothing is committed without it: a worker whose
    lease has gone rolls its rows back. Raises what `Lease.renew` raises.
    """
    values: dict[str, Any] = {
        **lease.values(is_page=True, units=units),
        "chains": [chain.id for chain in chains],
        "cursors": [chain.cursor for chain in chains],
        "pages": [chain.page_number for chain in chains],
        "reads": [chain.read for chain in chains],
        "dones": [chain.is_done for chain in chains],
        "progress": progress.id,
        "page_number": progress.page_number, "read": progress.read, "written": progress.written,
        "removed": progress.removed, "errors": progress.errors, "tries": progress.tries,
        "has_unknown": progress.has_unknown, "took": progress.seconds,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, values)
        found = cursor.fetchone()
    lease.check(found)
    return bool(found and found[3]) or not all(chain.is_done for chain in chains)
