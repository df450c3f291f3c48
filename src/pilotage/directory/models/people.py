"""Users and the licences they hold."""

from django.db import models

from pilotage.directory.models.imported import Imported, as_it_came, object_id, text, words


class User(Imported):
    """A user of the tenant, guests and disabled accounts included.

    `licence_sku_ids` are the products the user holds, directly or through a group; which of their
    plans are off stands in `rest` under `assignedLicenses`.
    """

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    user_principal_name = text()
    display_name = text()
    mail = text()
    account_enabled = models.BooleanField(null=True)
    user_type = text()
    department = text()
    job_title = text()
    country = text()
    usage_location = text()
    created_at = models.DateTimeField(null=True)
    is_synced = models.BooleanField(null=True)
    licence_sku_ids = words()
    rest = as_it_came()

    def __str__(self) -> str:
        return self.display_name or self.user_principal_name or self.id
