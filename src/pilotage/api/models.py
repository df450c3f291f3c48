"""Answers kept for repeated requests."""

from django.db import models

from pilotage.kernel import clock


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key; the same request gets it again."""

    actor_id = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "key"], name="one_answer_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
