"""The chains of pages that are being read for a collector."""

from django.db import models

from pilotage.imports.models.progress import CollectorProgress


class ImportChain(models.Model):
    """One chain: `cursor` is where its next page begins, committed with the rows before it.

    `way` and `start` say how it is read and from where; `cursor` is only good together with them.
    A collector has one row for each chain of the phase it is in.
    """

    progress = models.ForeignKey(CollectorProgress, models.CASCADE, related_name="chains")
    position = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=20)
    start = models.TextField(blank=True)
    cursor = models.TextField(blank=True)
    page_number = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    restarts = models.PositiveSmallIntegerField(default=0)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["progress", "position"], name="chain_of_collector"),
        ]

    def __str__(self) -> str:
        return f"{self.progress.collector} {self.way} {self.start[:20]}"
