"""Devices."""

from django.db import models

from pilotage.directory.models.imported import Imported, as_it_came, object_id, text


class Device(Imported):
    """A device that is registered with or joined to the tenant."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    device_id = text()
    display_name = text()
    account_enabled = models.BooleanField(null=True)
    operating_system = text()
    operating_system_version = text()
    trust_type = text()
    is_compliant = models.BooleanField(null=True)
    is_managed = models.BooleanField(null=True)
    is_synced = models.BooleanField(null=True)
    registered_at = models.DateTimeField(null=True)
    last_sign_in_at = models.DateTimeField(
        null=True, help_text="Approximate: Microsoft notes it about every two weeks."
    )
    rest = as_it_came()

    def __str__(self) -> str:
        return self.display_name or self.id
