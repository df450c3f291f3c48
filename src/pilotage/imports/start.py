"""Creating a run and its wake-up; what the actions have in common."""

from datetime import date

from django.db.models import Max

from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.choose_collectors import choose_collectors
from pilotage.imports.jobs import queue_run
from pilotage.imports.models import CollectorProgress, ImportRun, RunKind, RunPurpose
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor


def create_run(
    actor: Actor,
    customer: Customer,
    connection: TenantConnection,
    *,
    purpose: RunPurpose = RunPurpose.ON_DEMAND,
    kind: RunKind = RunKind.FULL,
    retry_of: ImportRun | None = None,
    night: date | None = None,
) -> ImportRun:
    """A queued run with one row for each collector it reads, and a wake-up for a worker.

    `purpose` says whose turn it is before whose, `night` makes a nightly run the only one of that
    customer and night. A run of changes reads the whole list wherever it has no link to read
    changes from. The caller holds the customer's row lock, has asked the checks and records the
    event.
    """
    last = ImportRun.objects.filter(customer=customer).aggregate(last=Max("number"))["last"]
    run = ImportRun.objects.create(
        customer=customer,
        partner_id=customer.partner_id,
        number=(last or 0) + 1,
        purpose=purpose,
        kind=retry_of.kind if retry_of else kind,
        night=night,
        tenant_id=connection.tenant_id,
        retry_of=retry_of,
        attempt=retry_of.attempt + 1 if retry_of else 1,
        requested_by=actor.name[:200],
        created_at=clock.now(),
    )
    CollectorProgress.objects.bulk_create(
        CollectorProgress(run=run, collector=c.name, position=position, is_required=c.is_required)
        for position, c in enumerate(choose_collectors(customer, purpose, retry_of))
    )
    queue_run(run)
    return run
