"""Mails to be sent, and what became of them."""

from django.db import models
from django.db.models.functions import Upper

from pilotage.kernel import clock
from pilotage.kernel.ids import new_id


class MailState(models.TextChoices):
    """Where a mail is."""

    QUEUED = "queued", "Queued"
    RETRYING = "retrying", "Not sent yet"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    DROPPED = "dropped", "No longer needed"


class Mail(models.Model):
    """One mail. Its text is rendered when it is sent, so that no link stands in the database."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True, help_text="A notice exists once per key.")
    to = models.EmailField()
    partner_id = models.UUIDField()
    customer_id = models.UUIDField(null=True)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    counts_at = models.DateTimeField(
        null=True, help_text="Invitations: the moment that the limits count."
    )
    held_by = models.CharField(max_length=10, blank=True, help_text="The limit it waits for.")
    held_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer_id", "-created_at"], name="mail_by_customer"),
            models.Index(fields=["partner_id", "counts_at"], name="mail_invitations_of_partner"),
            models.Index(Upper("to"), "counts_at", name="mail_invitations_to"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to} ({self.state})"
