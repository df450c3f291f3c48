"""The metrics of imports and jobs, read from the database each time they are asked for.

So they are the same whichever process answers, and right after any restart. Labels are words of the
code (states, collectors, error codes), never a name or an id of anybody.
"""

from collections.abc import Iterator

from django.db import connection
from prometheus_client.core import (
    CounterMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from pilotage.imports.figures.now import now_families
from pilotage.imports.figures.sums import BUCKETS
from pilotage.imports.models import RunKind, RunState
from pilotage.imports.models.import_run import UNFINISHED

Tallies = dict[tuple[str, str, str], float]
_BY_COLLECTOR = {
    "pages": ("pilotage_import_pages", "Pages that ended imports have stored."),
    "read": ("pilotage_import_objects_read", "Objects that ended imports have read."),
    "written": ("pilotage_import_objects_written", "Rows they have inserted or changed."),
    "removed": ("pilotage_import_objects_removed", "Rows they have removed."),
}
_PLAIN = {
    "waits": ("pilotage_import_waits", "How often ended imports were laid down to wait."),
    "units": ("pilotage_import_resource_units", "Microsoft Graph resource units they have spent."),
}


def families() -> Iterator[Metric]:
    """Every metric there is, in the order of docs/operate/metrics.md."""
    yield from now_families()
    with connection.cursor() as cursor:
        cursor.execute("select name, first, second, value from imports_tally")
        tallies = {(name, first, second): value for name, first, second, value in cursor.fetchall()}
    yield _ended(tallies)
    yield _seconds(tallies)
    for name, (metric, text) in _BY_COLLECTOR.items():
        yield _by_first(tallies, name, metric, text, "collector")
    yield _by_first(tallies, "errors", "pilotage_import_errors", "Errors of ended imports.", "code")
    for name, (metric, text) in _PLAIN.items():
        yield CounterMetricFamily(metric, text, value=tallies.get((name, "", ""), 0))


def _ended(tallies: Tallies) -> Metric:
    family = CounterMetricFamily(
        "pilotage_import_runs_ended", "Imports that have ended.", labels=["state", "kind"]
    )
    for state in RunState:
        for kind in RunKind if state not in UNFINISHED else ():
            family.add_metric([state, kind], tallies.get(("runs", state, kind), 0))
    return family


def _seconds(tallies: Tallies) -> Metric:
    family = HistogramMetricFamily(
        "pilotage_import_run_seconds",
        "From the beginning of an import to its end, waits included.",
        labels=["kind"],
    )
    for kind in RunKind:
        count = tallies.get(("seconds_count", kind, ""), 0)
        buckets = [
            (f"{upper}.0", tallies.get(("seconds_bucket", kind, str(upper)), 0))
            for upper in BUCKETS
        ]
        family.add_metric(
            [kind], [*buckets, ("+Inf", count)], tallies.get(("seconds", kind, ""), 0)
        )
    return family


def _by_first(tallies: Tallies, name: str, metric: str, text: str, label: str) -> Metric:
    family = CounterMetricFamily(metric, text, labels=[label])
    for (found, first, _), value in sorted(tallies.items()):
        if found == name:
            family.add_metric([first], value)
    return family
