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
    STOPPED = "stopped", "Stopped"


class Phase(models.TextChoices):
    """What a collector is at: its list, the list once more, or what has changed meanwhile."""

    NONE = "", "Not begun"
    LISTING = "listing", "Reading the list"
    AGAIN = "again", "Reading the list again"
    CHANGES = "changes", "Reading changes"


class CollectorProgress(models.Model):
    """One collector of one run; its chains tell where their next pages begin.

    Counts are objects. `is_delta`: only changes are read, from `delta_link`; else that link was
    taken before the list was begun, and what changed meanwhile is read from it in the end.
    `is_fresh`: the customer had nothing of this kind when it began, so rows are copied straight in
    and nothing can be left over. `has_unknown`: an unreadable object did not even tell its id, so
    nothing is removed. `way` is the way of reading the list that is in use.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="collectors")
    collector = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    is_required = models.BooleanField()
    state = models.CharField(max_length=12, choices=CollectorState, default=CollectorState.PENDING)
    is_carried = models.BooleanField(default=False, help_text="Done by the attempt before.")
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.NONE, blank=True)
    way = models.CharField(max_length=20, blank=True)
    is_delta = models.BooleanField(default=False)
    delta_link = models.TextField(blank=True)
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

    @property
    def read_by_run(self) -> int:
        """`read`, but for what the attempt before read of a list that is done or not gone on with.

        A list that a retry goes on with counts as a whole: it was begun before, and is one list.
        """
        is_of_before = self.is_carried or self.state == CollectorState.PENDING
        return 0 if is_of_before else self.read
