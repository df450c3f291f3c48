"""How far each collector of a run is."""

from django.db import models

from pilotage.imports.models.import_run import ImportRun


class CollectorState(models.TextChoices):
    """Where one collector stands."""

    PENDING = "pending", "Not begun"
    RUNNING = "running", "Reading"
    SUCCEEDED = "succeeded", "Done"
    FAILED = "failed", "Failed"
    SKIPPED = "skipped", "Left out"


class CollectorProgress(models.Model):
    """One collector of one run; `cursor` is where the next page begins, committed with its rows.

    Counts are objects. `is_fresh`: the customer had nothing of this kind when it began, so rows
    are copied straight in and nothing can be left over. `has_unknown`: an unreadable object did
    not even tell its id, so nothing is removed. `chain` names the way of reading that is in use.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="collectors")
    collector = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    is_required = models.BooleanField()
    state = models.CharField(max_length=12, choices=CollectorState, default=CollectorState.PENDING)
    is_carried = models.BooleanField(default=False, help_text="Done by the attempt before.")
    chain = models.CharField(max_length=20, blank=True)
    cursor = models.TextField(blank=True)
    page_number = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(null=True)
    read = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    is_fresh = models.BooleanField(default=False)
    has_unknown = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="Waits for Microsoft since the last page."
    )
    restarts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0, help_text="Spent reading, without waits.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "collector"], name="collector_of_run"),
        ]

    def __str__(self) -> str:
        return f"{self.collector}: {self.state}"
