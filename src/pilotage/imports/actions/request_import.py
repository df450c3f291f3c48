"""Run import: read a customer's tenant now."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.imports.checks import check_can_import, get_live_connection
from pilotage.imports.models import ImportRun, RunKind
from pilotage.imports.start import create_run
from pilotage.imports.unbegun import give_place
from pilotage.kernel.actor import Actor, Role


@transaction.atomic
def request_import(actor: Actor, customer_id: UUID, *, is_full: bool = False) -> ImportRun:
    """Queue an import of the customer's tenant: what has changed, or all of it if `is_full`.

    It takes the place of a nightly one that has not begun.
    The first import is always full, and so is every list whose changes Microsoft does not tell.
    Raises CustomerTerminated, CustomerSuspended, CustomerExpired, NotConnected, or
    ImportAlreadyRunning with the `run_id` of the one that runs.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, customer_id)
    check_can_import(customer)
    give_place(actor, customer)
    kind = RunKind.FULL if is_full else RunKind.DELTA
    run = create_run(actor, customer, get_live_connection(customer), kind=kind)
    record(
        actor,
        "import.requested",
        customer=customer,
        message=f"Import {run.number} requested",
        details={"run_id": str(run.id), "number": run.number},
    )
    return run
