"""The end of a collector in one statement: its row, its chains, its link, what went away."""

from typing import Any

from django.db import connection

from pilotage.imports.collectors.collector import Collector
from pilotage.imports.models import CollectorProgress
from pilotage.imports.run.delta_links import kept_with
from pilotage.imports.run.note_error import OBJECTS_LEFT
from pilotage.kernel import clock

_SAVE = """
    with chains as (
        delete from imports_importchain where progress_id = %(progress)s
    ), resolved as (
        update imports_runerror set resolved_at = %(now)s
        where run_id = %(run)s and collector = %(collector)s and resolved_at is null
            and code <> all(%(left)s)
    ), link as ({link})
    update imports_collectorprogress
    set state = %(state)s, phase = %(phase)s, read = %(read)s, expected = %(expected)s,
        removed = %(removed)s, finished_at = %(now)s
    where id = %(progress)s
"""
_KEEP = """
    insert into imports_deltalink (customer_id, collector, tenant_id, "select", link, taken_at)
    values (%(customer)s, %(collector)s, %(tenant)s, %(select)s, %(link)s, %(now)s)
    on conflict (customer_id, collector) do update
    set tenant_id = excluded.tenant_id, "select" = excluded."select", link = excluded.link,
        taken_at = excluded.taken_at
"""
_DROP = """
    delete from imports_deltalink where customer_id = %(customer)s and collector = %(collector)s
"""
_KEEPING, _DROPPING = _SAVE.format(link=_KEEP), _SAVE.format(link=_DROP)


def save_end(progress: CollectorProgress, collector: Collector, delta_link: str) -> None:
    """Save that a collector is done, and keep the link for the next run, or drop it if "".

    What hindered the collector went away by itself; objects that were left out stay so. Call it
    inside the transaction of the last page.
    """
    run = progress.run
    progress.finished_at = clock.now()
    values: dict[str, Any] = {
        "progress": progress.id, "run": run.id, "customer": run.customer_id,
        "collector": collector.name, "now": progress.finished_at, "left": list(OBJECTS_LEFT),
        "state": progress.state, "phase": progress.phase, "read": progress.read,
        "expected": progress.expected, "removed": progress.removed,
        "tenant": run.tenant_id, "select": kept_with(collector), "link": delta_link,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_KEEPING if delta_link else _DROPPING, values)
