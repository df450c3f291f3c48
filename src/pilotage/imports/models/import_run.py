"""One import of one tenant, as a record that is never overwritten."""

from typing import Any

from django.db import models
from django.db.models import Q

from pilotage.customers.models import Customer
from pilotage.kernel import clock
from pilotage.kernel.ids import new_id


class RunKind(models.TextChoices):
    """How much of the tenant a run reads."""

    FULL = "full", "Full"
    DELTA = "delta", "Changes"


class RunPurpose(models.IntegerChoices):
    """What a run is for; of one partner's runs, the lower number goes first."""

    FIRST = 1, "First import"
    ON_DEMAND = 2, "On demand"
    NIGHTLY = 3, "Nightly"


class RunState(models.TextChoices):
    """Where a run stands."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    WAITING = "waiting", "Waiting"
    SUCCEEDED = "succeeded", "Succeeded"
    PARTIALLY_SUCCEEDED = "partially_succeeded", "Partially succeeded"
    FAILED = "failed", "Failed"
    CANCELED = "canceled", "Canceled"


class WaitingReason(models.TextChoices):
    """Why a run does not read on at the moment."""

    THROTTLED = "throttled", "Microsoft asks to slow down"
    PROPAGATION = "propagation", "Microsoft is still spreading the consent"
    UNAVAILABLE = "unavailable", "Microsoft does not answer"
    CONSENT_CHECK = "consent_check", "Checking whether the consent still holds"
    DATABASE = "database", "Pilotage's database has trouble"
    WINDOW = "window", "The partner's import window is closed"


# Renewed every two seconds and with each page; long enough for a slow commit.
LEASE_SECONDS = 20
UNFINISHED = (RunState.QUEUED, RunState.RUNNING, RunState.WAITING)


class ImportRun(models.Model):
    """A run. `number` counts a customer's runs, `attempt` the retries of one of them.

    `fence` rises with every worker that takes the run over: what an earlier one still wants to
    commit is refused. `lease_until` is the database's clock; a running run behind it is orphaned.

    Whose turn it is follows from `partner` (the customer's), `purpose`, `due_at` (since when it may
    be read) and `picked_at` (when a worker last chose it, at `picked_fence`): `imports/dispatch`.
    `night` is the date on which a nightly run's window opened: one run per customer and night.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="import_runs")
    # Of the customer, kept here so that each partner's next run is one look into an index.
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField()
    purpose = models.PositiveSmallIntegerField(choices=RunPurpose, default=RunPurpose.ON_DEMAND)
    night = models.DateField(null=True)
    kind = models.CharField(max_length=10, choices=RunKind, default=RunKind.FULL)
    state = models.CharField(max_length=20, choices=RunState, default=RunState.QUEUED)
    waiting_reason = models.CharField(max_length=20, choices=WaitingReason, blank=True)
    waiting_until = models.DateTimeField(null=True)
    waits = models.PositiveIntegerField(default=0)
    tenant_id = models.UUIDField()
    retry_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="retries")
    attempt = models.PositiveIntegerField(default=1)
    requested_by = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, help_text="How it ended, in one sentence.")
    resource_units = models.FloatField(default=0)
    owner = models.CharField(max_length=120, blank=True)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    picked_at = models.DateTimeField(null=True)
    picked_fence = models.PositiveIntegerField(null=True)
    is_counted = models.BooleanField(
        default=False, help_text="Whether its figures stand in the metrics' totals."
    )
    idle_starts = models.PositiveSmallIntegerField(
        default=0, help_text="How often it was begun without reading a page."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "number"], name="import_run_number"),
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state__in=["queued", "running", "waiting"]),
                name="one_unfinished_import_run",
            ),
            models.UniqueConstraint(fields=["customer", "night"], name="one_import_run_a_night"),
        ]
        indexes = [
            models.Index(
                fields=["state"],
                condition=Q(state__in=["queued", "running", "waiting"]),
                name="import_run_unfinished",
            ),
            models.Index(fields=["-created_at", "-id"], name="import_run_by_time"),
            models.Index(
                fields=["partner", "purpose", "created_at"],
                condition=Q(state__in=["queued", "running", "waiting"]),
                name="import_run_turns",
            ),
            models.Index(fields=["partner", "picked_at"], name="import_run_picked"),
            models.Index(fields=["id"], condition=Q(is_counted=False), name="import_run_uncounted"),
        ]

    def __str__(self) -> str:
        return f"Import run {self.number} of {self.customer}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A run belongs to its customer's partner."""
        if self.partner_id is None:
            self.partner_id = self.customer.partner_id
        super().save(*args, **kwargs)

    @property
    def is_finished(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.state not in UNFINISHED
