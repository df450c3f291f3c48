"""Retry import: a new attempt that begins where the earlier one failed."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.imports.carry import carry_over
from pilotage.imports.checks import check_can_import, get_live_connection
from pilotage.imports.errors import ImportNotFinished, NothingToRetry, NotTheLatestImport
from pilotage.imports.models import ImportRun, RunState
from pilotage.imports.queries import get_run
from pilotage.imports.start import create_run
from pilotage.kernel.actor import Actor, Role


@transaction.atomic
def retry_import(actor: Actor, run_id: UUID) -> ImportRun:
    """Queue another attempt at a run; the earlier one is kept as it is.

    What succeeded is not read again, what failed goes on at the page where it was. Raises
    ImportNotFinished, NothingToRetry, NotTheLatestImport and what `request_import` raises.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, get_run(actor, run_id).customer_id)
    earlier = ImportRun.objects.get(id=run_id)
    if not earlier.is_finished:
        raise ImportNotFinished(details={"run_id": str(run_id)})
    if earlier.state == RunState.SUCCEEDED:
        raise NothingToRetry
    check_can_import(customer)
    if ImportRun.objects.filter(customer=customer, number__gt=earlier.number).exists():
        raise NotTheLatestImport
    connection = get_live_connection(customer)
    run = create_run(actor, customer, connection, retry_of=earlier)
    if connection.tenant_id == earlier.tenant_id:
        carry_over(earlier, run)
    record(
        actor,
        "import.requested",
        customer=customer,
        message=f"Import {earlier.number} is retried as import {run.number}",
        details={"run_id": str(run.id), "number": run.number, "retry_of": str(earlier.id)},
    )
    return run
