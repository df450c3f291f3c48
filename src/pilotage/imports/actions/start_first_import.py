"""The first import, which begins by itself when a tenant has been bound."""

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.events.record import record
from pilotage.imports.checks import find_unfinished, get_live_connection
from pilotage.imports.models import ImportRun, RunPurpose
from pilotage.imports.start import create_run
from pilotage.imports.unbegun import give_place
from pilotage.kernel.actor import Actor


@transaction.atomic
def start_first_import(actor: Actor, customer: Customer) -> ImportRun:
    """Queue the first import; the run that is there already if there is one.

    Called in the transaction that binds the tenant, which holds the customer's row lock. The actor
    is the customer's admin or the installation, so no role is asked for. It is queued for an
    expired or suspended customer too: the run itself ends with that reason, for all to see.
    Raises NotConnected.
    """
    give_place(actor, customer)
    running = find_unfinished(customer.id)
    if running is not None:
        return running
    run = create_run(actor, customer, get_live_connection(customer), purpose=RunPurpose.FIRST)
    record(
        actor,
        "import.requested",
        customer=customer,
        message="First import requested",
        details={"run_id": str(run.id), "number": run.number},
    )
    return run
