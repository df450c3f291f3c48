"""Finish onboarding: what the end of the first import means for the customer."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.imports.models import ImportRun, RunState
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.mails import queue_onboarded_mails
from pilotage.onboarding.move import move
from pilotage.onboarding.steps import can_move

GOOD_ENDS = {RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED}


@transaction.atomic
def finish_onboarding(actor: Actor, customer_id: UUID, run_id: UUID) -> None:
    """Complete the onboarding after a run in which all required collectors succeeded.

    A failed or canceled run leaves the customer pending as import_failed. Later runs change
    nothing here: a customer never goes back to pending. Doing it twice does it once.
    """
    locked = lock_onboarding(actor, customer_id)
    run = ImportRun.objects.get(id=run_id, customer_id=customer_id)
    if locked.customer.onboarded_at or not run.is_finished:
        return
    connection = find_connection(locked.customer)
    if connection is None or run.created_at < connection.bound_at:
        # The run of an earlier connection, whose job comes late.
        return
    if run.state not in GOOD_ENDS:
        if can_move(locked.onboarding.step, "fail_import"):
            move(locked.onboarding, "fail_import")
        return
    if not can_move(locked.onboarding.step, "complete"):
        return
    move(locked.onboarding, "complete")
    locked.customer.onboarded_at = clock.now()
    locked.customer.version += 1
    locked.customer.save(update_fields=["onboarded_at", "version"])
    record(
        actor,
        "customer.onboarded",
        customer=locked.customer,
        message=f"{locked.customer.organization_name} is on board",
        details={"run_id": str(run_id), "run_state": run.state},
    )
    queue_onboarded_mails(locked.customer)
