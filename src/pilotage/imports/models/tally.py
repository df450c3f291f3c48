"""Totals over finished runs, for the metrics."""

from django.db import models


class Tally(models.Model):
    """One counter: a run that has ended is added once, and then marked as counted.

    Kept apart from the runs because a counter must never fall, and runs go with their customer.
    `name` is the counter, `first` and `second` its labels' values, in the counter's own order.
    """

    name = models.CharField(max_length=40)
    first = models.CharField(max_length=60, default="")
    second = models.CharField(max_length=60, default="")
    value = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "first", "second"], name="one_tally_a_label"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first} {self.second}: {self.value}"
