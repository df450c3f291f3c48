"""The event table."""

from typing import Any

from django.db import models

from pilotage.events.catalogue import CATALOGUE, EventKind
from pilotage.kernel.ids import new_id


class Event(models.Model):
    """One thing that happened. Rows are only ever inserted; a trigger refuses the rest.

    Partner and customer are plain ids, not foreign keys: the record outlives what it is about.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    message = models.TextField(blank=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=200)
    partner_id = models.UUIDField(null=True)
    customer_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["customer_id", "-at", "-id"], name="event_by_customer"),
            models.Index(fields=["partner_id", "-at", "-id"], name="event_by_partner"),
            models.Index(fields=["-at", "-id"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"

    @property
    def kind(self) -> EventKind:
        """Label and severity of this event."""
        return CATALOGUE[self.name]

    def as_json(self) -> dict[str, Any]:
        """The event as API, CLI and webhooks show it."""
        return {
            "id": str(self.id),
            "at": self.at.isoformat(),
            "name": self.name,
            "severity": self.kind.severity.value,
            "message": self.message or self.kind.label,
            "actor": {"kind": self.actor_kind, "id": self.actor_id, "name": self.actor_name},
            "customer_id": str(self.customer_id) if self.customer_id else None,
            "details": self.details,
        }
