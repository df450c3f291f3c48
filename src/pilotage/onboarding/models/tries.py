"""How often something was tried lately; in PostgreSQL, so that all web processes count together."""

from django.db import models


class Tries(models.Model):
    """Tries of one key in one window of time; `key` is a keyed hash, so that no address is kept."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField(help_text="When the window began.")
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="tries_of_a_window")]

    def __str__(self) -> str:
        return f"{self.count} since {self.window:%Y-%m-%d %H:%M}"
