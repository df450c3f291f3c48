"""SKUs and add-ons."""

from django.db import models

from pilotage.kernel.ids import new_id


class AddOn(models.Model):
    """Something sold on top of a SKU."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Sku(models.Model):
    """What a customer is sold: exactly one each."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=200, blank=True)
    seat_limit = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: no limit.")
    add_ons = models.ManyToManyField(AddOn, related_name="skus", blank=True)
    sold_by = models.ManyToManyField(
        "partners.Partner",
        related_name="skus",
        blank=True,
        help_text="The partners that may sell it. A partner below them may too.",
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
