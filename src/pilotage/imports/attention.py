"""Whose imports somebody should look at."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from pilotage.customers.models import Customer
from pilotage.customers.queries import list_customers
from pilotage.imports.models import ImportRun, RunState
from pilotage.imports.queries import list_runs
from pilotage.kernel.actor import Actor

TROUBLED = (RunState.FAILED, RunState.PARTIALLY_SUCCEEDED)


def failing_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers whose latest import run failed, or succeeded only in part."""
    latest = ImportRun.objects.filter(customer=OuterRef("pk")).order_by("-number")
    rows = list_customers(actor).filter(onboarding_canceled_at=None, terminated_at=None)
    has_runs = Exists(ImportRun.objects.filter(customer=OuterRef("pk"), state__in=TROUBLED))
    return rows.filter(has_runs).annotate(
        latest_state=Subquery(latest.values("state")[:1])
    ).filter(latest_state__in=TROUBLED)  # fmt: skip


def failing_runs(actor: Actor) -> QuerySet[ImportRun]:
    """The latest run of each of these customers, so as many as there are customers."""
    later = ImportRun.objects.filter(customer=OuterRef("customer"), number__gt=OuterRef("number"))
    rows = list_runs(actor).filter(state__in=TROUBLED, customer__in=failing_customers(actor))
    return rows.exclude(Exists(later))
