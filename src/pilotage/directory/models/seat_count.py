"""Seats used, as a daily series."""

from django.db import models

from pilotage.customers.models import Customer


class SeatCount(models.Model):
    """The seats a customer used on one day, as the day's last import found them.

    `day` is in the partner's time zone.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="seat_counts")
    day = models.DateField()
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "day"], name="one_seat_count_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.seats}"
