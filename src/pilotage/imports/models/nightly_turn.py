"""Which night has been decided for a customer."""

from django.db import models

from pilotage.customers.models import Customer


class NightlyTurn(models.Model):
    """The latest night for which a customer's import was started or skipped, whatever came of it.

    The planner moves `night` forward in the transaction of the decision, so that a night is decided
    exactly once, however often and on however many workers it runs.
    """

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True)
    night = models.DateField()

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.night}"
