"""When a run waited, for what, and how long."""

from django.db import models

from pilotage.imports.models.import_run import ImportRun, WaitingReason
from pilotage.kernel import clock


class RunWait(models.Model):
    """One wait in which no worker held the run; shorter ones are slept through and not told.

    `until` is what was planned, `ended_at` when the run went on or ended; null while it waits.
    `collector` is the one that was refused, "" where it was none.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="wait_rows")
    collector = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=20, choices=WaitingReason)
    code = models.CharField(max_length=60, blank=True, help_text="Of the error catalogue.")
    began_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["began_at", "id"]

    def __str__(self) -> str:
        return f"{self.reason} until {self.until}"
