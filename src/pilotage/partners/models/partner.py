"""Partners: the provider at the root, distributors, and the MSPs below them."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from pilotage.kernel import clock
from pilotage.kernel.ids import new_id


class PartnerKind(models.TextChoices):
    """What stands at this place of the tree."""

    PROVIDER = "provider", "Provider"
    DISTRIBUTOR = "distributor", "Distributor"
    PARTNER = "partner", "Partner"


class Partner(models.Model):
    """An organization that manages customers, or partners that do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=20, choices=PartnerKind, default=PartnerKind.PARTNER)
    name = models.CharField(max_length=120)
    email = models.EmailField(help_text="Where customers and notices can reach the partner.")
    website = models.URLField(blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="provider"), name="one_provider"
            ),
            models.CheckConstraint(
                condition=Q(kind="provider", parent=None)
                | (~Q(kind="provider") & Q(parent__isnull=False)),
                name="only_the_provider_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportWindow(models.Model):
    """When one partner's customers are imported every night; without a row, the default holds.

    `opens` and `closes` are times on a clock in the partner's time zone. A window that closes
    before it opens reaches into the next day.
    """

    partner = models.OneToOneField(
        Partner, models.CASCADE, primary_key=True, related_name="import_window"
    )
    is_enabled = models.BooleanField(default=True)
    opens = models.TimeField(default=time(1))
    closes = models.TimeField(default=time(5))
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"Import window of {self.partner}"


class CountingRule(models.Model):
    """What counts as a seat for one partner's customers; without a row, the default holds.

    `left_out` are Microsoft's names of products (SKU part numbers) that make no seat.
    """

    partner = models.OneToOneField(
        Partner, models.CASCADE, primary_key=True, related_name="counting_rule"
    )
    counts_blocked = models.BooleanField(default=True)
    left_out = ArrayField(models.CharField(max_length=100), default=list)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"Counting rule of {self.partner}"


class TrialPolicy(models.Model):
    """How trials run for one partner; a partner without a row has the provider's default."""

    partner = models.OneToOneField(Partner, models.CASCADE, primary_key=True)
    length_days = models.PositiveSmallIntegerField(default=14, validators=[MinValueValidator(1)])
    extension_days = models.PositiveSmallIntegerField(default=14, validators=[MinValueValidator(1)])
    max_extensions = models.PositiveSmallIntegerField(null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(
        default=30, help_text="How long after its end a trial may still be extended."
    )

    def __str__(self) -> str:
        return f"Trial policy of {self.partner}"
