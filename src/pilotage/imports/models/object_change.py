"""What a run has found to be different, object by object."""

from django.db import models

from pilotage.imports.models.import_run import ImportRun


class ChangeKind(models.TextChoices):
    """What happened to an object between two imports."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"
    RESTORED = "restored", "Restored"


class ObjectChange(models.Model):
    """One object that differed from what the import before had left.

    `details` are properties as {name: [before, now]}. A collector that begins with an empty table
    notes nothing: all it brings is new. Written in the transaction of the page, kept with the run.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes", db_index=False)
    collector = models.CharField(max_length=40)
    key = models.TextField(db_collation="C")
    second_key = models.TextField(db_collation="C", default="")
    change = models.CharField(max_length=10, choices=ChangeKind)
    details = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["run", "collector", "id"], name="object_change_of_run")]

    def __str__(self) -> str:
        return f"{self.collector} {self.key}: {self.change}"
