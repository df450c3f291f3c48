"""Cancel import: stop a run; what it has read so far stays."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import lock_customer
from pilotage.imports.checks import find_unfinished
from pilotage.imports.errors import ImportAlreadyFinished
from pilotage.imports.models import ImportRun
from pilotage.imports.queries import get_run
from pilotage.imports.run.finish import end_canceled
from pilotage.kernel.actor import Actor, Role


@transaction.atomic
def cancel_import(actor: Actor, run_id: UUID) -> ImportRun:
    """Stop a run; its worker notices within seconds and commits nothing more.

    Raises ImportRunNotFound and ImportAlreadyFinished.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, get_run(actor, run_id).customer_id)
    run = ImportRun.objects.select_for_update().get(id=run_id)
    if run.is_finished:
        raise ImportAlreadyFinished
    run.customer = customer
    end_canceled(actor, run, f"Canceled by {actor.name}")
    return run


@transaction.atomic
def stop_unfinished_import(actor: Actor, customer: Customer, reason: str) -> ImportRun | None:
    """Stop the customer's run if there is one, as part of another action that has checked all.

    `reason` is a short sentence ("Onboarding canceled").
    """
    found = find_unfinished(customer.id)
    if found is None:
        return None
    run = ImportRun.objects.select_for_update().get(id=found.id)
    if run.is_finished:
        return None
    run.customer = customer
    end_canceled(actor, run, reason)
    return run
