"""Which collectors a run reads: all of them, but for nightly runs those that are due."""

from datetime import timedelta

from pilotage.customers.models import Customer
from pilotage.imports.collectors.collector import Collector
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.models import CollectorProgress, CollectorState, ImportRun, RunPurpose
from pilotage.kernel import clock

# Nights are not exactly a day apart: a run may begin anywhere in its window.
_EARLY = timedelta(hours=12)


def choose_collectors(
    customer: Customer, purpose: RunPurpose, retry_of: ImportRun | None
) -> list[Collector]:
    """The collectors of a new run, in the order of reading.

    A list whose changes Microsoft does not tell costs as much every night as the first time, so a
    nightly run leaves it out until `nights_between` have gone by. One that did not come through
    the last time is not left out. A retry reads what the attempt before read.
    """
    if retry_of is not None:
        names = set(retry_of.collectors.values_list("collector", flat=True))
        return [collector for collector in COLLECTORS if collector.name in names]
    if purpose != RunPurpose.NIGHTLY:
        return list(COLLECTORS)
    return [collector for collector in COLLECTORS if _is_due(customer, collector)]


def _is_due(customer: Customer, collector: Collector) -> bool:
    if collector.nights_between < 2:
        return True
    latest = (
        CollectorProgress.objects.filter(
            run__customer_id=customer.id, collector=collector.name, run__finished_at__isnull=False
        )
        .order_by("-run__number")
        .first()
    )
    if latest is None or latest.finished_at is None:
        return True
    if latest.state != CollectorState.SUCCEEDED:
        return True
    age = clock.now() - latest.finished_at
    return age > timedelta(days=collector.nights_between) - _EARLY
