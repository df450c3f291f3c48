"""The tenant itself: its organization, domains and what it has bought."""

from django.db import models

from pilotage.directory.models.imported import Imported, object_id, text, words


class Organization(Imported):
    """The tenant's entry about itself; its id is the tenant id."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    display_name = text()
    tenant_type = text()
    country_code = text()
    preferred_language = text()
    created_at = models.DateTimeField(null=True)
    is_synced = models.BooleanField(null=True)
    technical_mails = words()

    def __str__(self) -> str:
        return self.display_name or self.id


class Domain(Imported):
    """A domain of the tenant; its id is its name."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    is_default = models.BooleanField(null=True)
    is_initial = models.BooleanField(null=True)
    is_verified = models.BooleanField(null=True)
    authentication_type = text()
    supported_services = words()

    def __str__(self) -> str:
        return self.id


class SubscribedSku(Imported):
    """A product the tenant subscribes to; units are licences."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    sku_id = object_id()
    sku_part_number = text()
    capability_status = text()
    applies_to = text()
    consumed_units = models.IntegerField(null=True)
    enabled_units = models.IntegerField(null=True)
    suspended_units = models.IntegerField(null=True)
    warning_units = models.IntegerField(null=True)
    locked_out_units = models.IntegerField(null=True)
    service_plans = words()

    def __str__(self) -> str:
        return self.sku_part_number or self.id
