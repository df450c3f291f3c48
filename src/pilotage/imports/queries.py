"""Read import runs. Every query takes the actor first; a stranger finds nothing."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from pilotage.customers.models import Customer
from pilotage.customers.queries import visible_to as visible_customers
from pilotage.imports.errors import ImportRunNotFound
from pilotage.imports.models import ImportRun, RunError
from pilotage.imports.progress import RunProgress, progress_of
from pilotage.kernel.actor import Actor

__all__ = [
    "RunProgress",
    "find_latest_run",
    "get_run",
    "list_import_errors",
    "list_runs",
    "progress_for",
    "progress_of",
    "visible_to",
]


def visible_to(actor: Actor) -> QuerySet[ImportRun]:
    """The runs that `actor` may see."""
    return ImportRun.objects.filter(customer__in=visible_customers(actor))


def list_runs(actor: Actor, customer_id: UUID | None = None) -> QuerySet[ImportRun]:
    """Runs of one customer, or of all that the actor sees, newest first, with their parts."""
    rows = (
        visible_to(actor)
        .select_related("customer")
        .prefetch_related("collectors", "errors", "wait_rows")
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return rows.order_by("-created_at", "-id")


def get_run(actor: Actor, run_id: UUID) -> ImportRun:
    """One run with customer and collectors; raises ImportRunNotFound."""
    run = list_runs(actor).filter(id=run_id).first()
    if run is None:
        raise ImportRunNotFound
    return run


def find_latest_run(actor: Actor, customer_id: UUID) -> ImportRun | None:
    """The customer's latest run."""
    return list_runs(actor, customer_id).order_by("-number").first()


def list_import_errors(actor: Actor, run_id: UUID) -> QuerySet[RunError]:
    """What went wrong in a run, oldest first; what went away by itself has `resolved_at`."""
    return RunError.objects.filter(run__in=visible_to(actor), run_id=run_id).select_related("run")


def progress_for(actor: Actor, customers: Iterable[Customer]) -> dict[UUID, RunProgress]:
    """The progress of each customer's latest run by customer id, in four queries for any number.

    Customers without a run are left out.
    """
    ids = [customer.id for customer in customers]
    latest = (
        visible_to(actor)
        .filter(customer_id__in=ids)
        .order_by("customer_id", "-number")
        .distinct("customer_id")
        .prefetch_related("collectors", "errors", "wait_rows")
    )
    return {run.customer_id: progress_of(run) for run in latest}
