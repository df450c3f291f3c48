"""What went wrong in a run."""

from django.db import models

from pilotage.imports.models.import_run import ImportRun
from pilotage.kernel import clock


class RunError(models.Model):
    """One kind of error of one collector; later ones of the same kind only raise `count`.

    Severity, who must act, remedy and link follow from `code` by the error catalogue. The rest is
    what Microsoft's support asks for. `resolved_at`: it went away by itself.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="errors")
    collector = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60)
    text = models.TextField(blank=True, help_text="What is particular about this one.")
    http_status = models.PositiveSmallIntegerField(null=True)
    graph_code = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=100, blank=True)
    graph_date = models.CharField(max_length=60, blank=True)
    page_number = models.PositiveIntegerField(null=True)
    object_id = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "collector", "code"], name="one_error_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collector} {self.code}"
