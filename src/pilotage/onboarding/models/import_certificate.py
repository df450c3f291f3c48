"""The import application's certificate as the worker sees it; the web process does not have it."""

from django.db import models

from pilotage.kernel import clock


class ImportCertificate(models.Model):
    """One certificate that a worker has used; `warned_days` is the last step that was told."""

    thumbprint = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 in hex.")
    not_after = models.DateTimeField()
    seen_at = models.DateTimeField(default=clock.now)
    warned_days = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.thumbprint[:16]} until {self.not_after:%Y-%m-%d}"
