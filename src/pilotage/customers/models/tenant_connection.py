"""Which Entra tenant a customer is bound to."""

from django.db import models
from django.db.models import Q

from pilotage.customers.models.customer import Customer
from pilotage.kernel import clock
from pilotage.kernel.ids import new_id


class ConnectionState(models.TextChoices):
    """The health of a tenant's connection; an axis of its own."""

    CONNECTED = "connected", "Connected"
    DEGRADED = "degraded", "Degraded"
    CONSENT_OUTDATED = "consent_outdated", "Consent outdated"
    REVOKED = "revoked", "Revoked"


class TenantConnection(models.Model):
    """A proven claim of one customer on one tenant.

    One tenant has one live claim in the whole installation, and one customer one live tenant:
    both are unique indexes, so that two claims at the same moment cannot both win.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="connections")
    tenant_id = models.UUIDField()
    tenant_name = models.CharField(max_length=256, blank=True)
    default_domain = models.CharField(max_length=253, blank=True)
    state = models.CharField(
        max_length=20, choices=ConnectionState, default=ConnectionState.CONNECTED
    )
    state_since = models.DateTimeField(default=clock.now)
    state_reason = models.CharField(max_length=300, blank=True)
    permissions = models.JSONField(default=list, help_text="As the last readable token had them.")
    missing = models.JSONField(default=list, help_text="What the imports ask for and lack.")
    extra = models.JSONField(default=list, help_text="Granted, though no import asks for it.")
    probe_due_at = models.DateTimeField(null=True, db_index=True)
    probe_requested_at = models.DateTimeField(null=True)
    last_probed_at = models.DateTimeField(null=True)
    last_error_code = models.CharField(max_length=60, blank=True)
    last_request_id = models.CharField(max_length=100, blank=True, help_text="Microsoft's.")
    failures = models.PositiveIntegerField(default=0, help_text="Looks in a row that failed.")
    failing_since = models.DateTimeField(null=True)
    consent_lost_at = models.DateTimeField(null=True, help_text="First of two looks.")
    bound_at = models.DateTimeField(default=clock.now)
    bound_by = models.CharField(max_length=200, help_text="The admin's name and sign-in name.")
    bound_by_oid = models.UUIDField(null=True)
    token_uti_sha256 = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id"],
                condition=Q(released_at=None),
                name="one_live_claim_per_tenant",
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(released_at=None), name="one_live_tenant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_name or self.tenant_id} ({self.state})"
