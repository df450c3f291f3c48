"""What is left of a list that could not be read, and when it must not be left."""

from pilotage.imports.collectors.collector import Collector
from pilotage.imports.models import CollectorProgress, CollectorState
from pilotage.imports.store.seen import remove_everything
from pilotage.imports.store.writing import Writing
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.graph.errors import LicenceMissing, PermissionMissing


def drop_what_misleads(
    progress: CollectorProgress, collector: Collector, error: PilotageError
) -> None:
    """Usually what was read before stays as it is; call it inside the transaction that gives up.

    Not so when it is of another tenant, which the customer was connected to before, or when it
    only ever was of the moment and is not told any more.
    """
    is_over = collector.is_of_the_moment and isinstance(error, LicenceMissing | PermissionMissing)
    if is_over or _is_of_another_tenant(progress):
        run = progress.run
        writing = Writing(run.id, run.customer_id, collector.name, False, clock.now())
        progress.removed += remove_everything(collector.table, writing)


def _is_of_another_tenant(progress: CollectorProgress) -> bool:
    latest = (
        CollectorProgress.objects.filter(
            run__customer_id=progress.run.customer_id,
            run__number__lt=progress.run.number,
            collector=progress.collector,
            state=CollectorState.SUCCEEDED,
        )
        .order_by("-run__number")
        .values_list("run__tenant_id", flat=True)
        .first()
    )
    return latest is not None and latest != progress.run.tenant_id
