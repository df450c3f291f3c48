"""The activation link; the secret part is derived from a server key and stored nowhere."""

from django.db import models

from pilotage.customers.models import Customer
from pilotage.kernel import clock


class ActivationLink(models.Model):
    """One per customer. Raising `generation` makes every link of before worthless."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="activation_link"
    )
    public_id = models.CharField(max_length=22, unique=True)
    generation = models.PositiveIntegerField(default=1)
    to = models.EmailField(help_text="Who the link was last sent to.")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    signed_in_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Link of {self.customer}"
