"""A nightly run that has not begun: it gives its place to whoever asks for one."""

from django.db.models import Q

from pilotage.customers.models import Customer
from pilotage.imports.models import ImportRun, RunPurpose, RunState, WaitingReason
from pilotage.imports.run.finish import end_canceled
from pilotage.kernel.actor import Actor

UNBEGUN = Q(purpose=RunPurpose.NIGHTLY, started_at=None) & (
    Q(state=RunState.QUEUED) | Q(state=RunState.WAITING, waiting_reason=WaitingReason.WINDOW)
)


def is_unbegun_nightly(run: ImportRun) -> bool:
    """Whether a new request may take this run's place."""
    return ImportRun.objects.filter(UNBEGUN, id=run.id).exists()


def give_place(actor: Actor, customer: Customer) -> None:
    """End the customer's nightly run if it has not begun; the caller holds the customer's lock."""
    found = ImportRun.objects.select_for_update().filter(UNBEGUN, customer=customer).first()
    if found is not None:
        found.customer = customer
        end_canceled(actor, found, "A new import was requested in its place")
