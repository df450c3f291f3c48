"""The ledger of trial extensions."""

from django.db import models

from pilotage.customers.models.customer import Customer
from pilotage.kernel import clock
from pilotage.kernel.ids import new_id


class TrialExtension(models.Model):
    """One extension of one trial: number, old end, new end, reason, actor."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="trial_extensions")
    number = models.PositiveSmallIntegerField()
    old_end = models.DateTimeField()
    new_end = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "number"], name="extension_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.old_end:%Y-%m-%d} -> {self.new_end:%Y-%m-%d}"
