"""Where the next changes of a customer's lists are read from."""

from django.db import models

from pilotage.customers.models import Customer
from pilotage.kernel import clock


class DeltaLink(models.Model):
    """One collector's deltaLink, as Microsoft gave it with the last page of a run that succeeded.

    It is only good for the tenant and the `select` it was taken with, and for seven days.
    Source: https://learn.microsoft.com/graph/delta-query-overview (token duration).
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="delta_links")
    collector = models.CharField(max_length=40)
    tenant_id = models.UUIDField()
    select = models.TextField()
    link = models.TextField()
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "collector"], name="delta_link_of_collector"
            ),
        ]

    def __str__(self) -> str:
        return self.collector
