"""The gauges: what is queued, read and waited for at this moment, and who is at work."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from prometheus_client.core import GaugeMetricFamily, Metric

from pilotage.imports.models import RunKind, RunPurpose, WaitingReason
from pilotage.imports.models.import_run import UNFINISHED

# Workers send a heartbeat every 3 s; `pilotage worker` has two, one for imports, one for the rest.
SILENT_SECONDS = 15
LOOPS_OF_A_WORKER = 2

_RUNS = """
    select state, kind, count(*) from imports_importrun
    where state in ('queued', 'waiting', 'running') group by state, kind
"""
_WAITING = """
    select waiting_reason, '', count(*) from imports_importrun
    where state = 'waiting' group by waiting_reason
"""
_QUEUE = """
    select purpose, count(*),
           extract(epoch from max(now() - greatest(coalesce(due_at, created_at), waiting_until)))
    from imports_importrun
    where state = 'queued' or (state = 'waiting' and waiting_until <= now()) group by purpose
"""
_READING = """
    select p.collector, '', sum(p.read)
    from imports_importrun r join imports_collectorprogress p on p.run_id = r.id
    where r.state in ('queued', 'waiting', 'running') and not p.is_carried group by p.collector
"""
_JOBS = """
    select queue_name, status::text, count(*) from procrastinate_jobs
    where status in ('doing', 'failed')
    or (status = 'todo' and (scheduled_at is null or scheduled_at <= now()))
    group by queue_name, status
"""
_WORKERS = """
    select count(*) from procrastinate_workers
    where last_heartbeat > now() - %s * interval '1 second'
"""
_PERIODIC = """
    select task_name, max(defer_timestamp) from procrastinate_periodic_defers group by task_name
"""


def now_families() -> Iterator[Metric]:
    """The gauges, one after the other."""
    yield _labelled(
        "pilotage_import_runs",
        "Imports that have not ended.",
        ("state", "kind"),
        {(state.value, kind.value): 0.0 for state in UNFINISHED for kind in RunKind},
        ((state, kind, count) for state, kind, count in _rows(_RUNS)),
    )
    yield _labelled(
        "pilotage_import_runs_waiting",
        "Imports that wait until a known time.",
        ("reason",),
        {(reason.value,): 0.0 for reason in WaitingReason},
        ((reason, count) for reason, _, count in _rows(_WAITING)),
    )
    yield from _queue()
    yield _labelled(
        "pilotage_import_objects_under_way",
        "Objects that imports which have not ended have read so far.",
        ("collector",),
        {},
        ((collector, count) for collector, _, count in _rows(_READING)),
    )
    yield _labelled(
        "pilotage_jobs", "Jobs of the job library.", ("queue", "status"), {}, _rows(_JOBS)
    )
    yield _workers()
    yield _labelled(
        "pilotage_periodic_last_run_timestamp_seconds",
        "The moment for which a periodic job was last queued.",
        ("task",),
        {},
        _rows(_PERIODIC),
    )


def _queue() -> Iterator[Metric]:
    """Runs that could be read now if a worker were free, and since when the oldest could."""
    found = {RunPurpose(purpose): (count, age) for purpose, count, age in _rows(_QUEUE)}
    names = {purpose: (purpose.name.lower(),) for purpose in RunPurpose}
    yield _labelled(
        "pilotage_import_queue_runs",
        "Imports that wait for a free worker.",
        ("purpose",),
        {names[p]: float(found.get(p, (0, 0))[0]) for p in RunPurpose},
        (),
    )
    yield _labelled(
        "pilotage_import_queue_oldest_seconds",
        "How long the oldest of them has been waiting; 0 if none is.",
        ("purpose",),
        {names[p]: max(0.0, float(found.get(p, (0, 0))[1] or 0)) for p in RunPurpose},
        (),
    )


def _workers() -> Metric:
    (count,) = next(iter(_rows(_WORKERS, SILENT_SECONDS)))
    alive = -(-count // LOOPS_OF_A_WORKER)
    return GaugeMetricFamily(
        "pilotage_workers_alive", "Workers with a heartbeat in the last 15 seconds.", value=alive
    )


def _labelled(
    name: str,
    text: str,
    labels: tuple[str, ...],
    zeros: dict[tuple[str, ...], float],
    rows: Iterable[tuple[Any, ...]],
) -> Metric:
    """A gauge; `zeros` are the label values that are always there, rows are labels and a value."""
    values = dict(zeros)
    values.update({tuple(str(part) for part in row[:-1]): float(row[-1]) for row in rows})
    family = GaugeMetricFamily(name, text, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(key, value)
    return family


def _rows(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())
