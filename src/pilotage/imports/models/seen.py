"""Which objects a run has seen; what it has not seen when a collector succeeds is removed."""

from django.db import models


class SeenObject(models.Model):
    """One key a collector has read again. Written with the page, deleted with the sweep.

    A table of its own, so that an import without changes updates no row of the directory. It has
    no keys on purpose: rows are only copied in, joined once as a whole, and deleted by run.
    """

    id = models.BigAutoField(primary_key=True)
    run_id = models.UUIDField(db_index=True)
    collector = models.CharField(max_length=40)
    key = models.TextField(db_collation="C")
    second_key = models.TextField(db_collation="C", default="")

    def __str__(self) -> str:
        return f"{self.collector} {self.key}"
