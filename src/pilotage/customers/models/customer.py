"""The customer and its account."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from pilotage.customers.lifecycle import Status, Terms, status_of
from pilotage.kernel import clock
from pilotage.kernel.ids import new_id


class AccountType(models.TextChoices):
    """What the customer has: a trial, or full access."""

    TRIAL = "trial", "Trial"
    PRODUCTION = "production", "Production"


class Source(models.TextChoices):
    """Who brought the customer: the MSP through this portal, or the provider directly."""

    MSP = "msp", "MSP"
    DIRECT = "direct", "Direct"


class Customer(models.Model):
    """An organization that a partner brings on board and manages.

    Whether it is pending is a fact of the onboarding (`onboarded_at` is empty); whether it has
    expired is computed from `expires_at` on every read (`status_at`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="customers")
    organization_name = models.CharField(max_length=120)
    notification_email = models.EmailField()
    source = models.CharField(max_length=10, choices=Source, default=Source.MSP)
    account_type = models.CharField(max_length=12, choices=AccountType, default=AccountType.TRIAL)
    sku = models.ForeignKey("catalog.Sku", models.PROTECT, related_name="customers")
    add_ons = models.ManyToManyField("catalog.AddOn", related_name="customers", blank=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)
    converted_at = models.DateTimeField(null=True)
    onboarded_at = models.DateTimeField(null=True)
    onboarding_canceled_at = models.DateTimeField(null=True)
    suspended_reasons = ArrayField(models.CharField(max_length=40), default=list)
    terminated_at = models.DateTimeField(null=True)
    expected_domain = models.CharField(max_length=253, blank=True)
    expected_tenant_id = models.UUIDField(null=True)
    seats_used = models.PositiveIntegerField(default=0)
    last_import_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "id"], name="customer_of_partner"),
        ]
        indexes = [
            models.Index(fields=["partner", "organization_name", "id"], name="customer_by_name"),
            models.Index(fields=["partner", "expires_at", "id"], name="customer_by_end"),
            GinIndex(
                OpClass(Upper("organization_name"), name="gin_trgm_ops"), name="customer_search"
            ),
        ]

    def __str__(self) -> str:
        return self.organization_name

    @property
    def terms(self) -> Terms:
        """The plain values that the life cycle's rules look at."""
        return Terms(
            is_trial=self.account_type == AccountType.TRIAL,
            is_from_msp=self.source == Source.MSP,
            expires_at=self.expires_at,
            is_suspended=bool(self.suspended_reasons),
            is_terminated=self.terminated_at is not None,
        )

    @property
    def status(self) -> Status:
        """What the account is right now."""
        return status_of(self.terms, clock.now())

    @property
    def is_pending(self) -> bool:
        """Whether the customer still stands in the Pending customers tab."""
        return self.onboarded_at is None
