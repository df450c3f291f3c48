"""Users and the licences they hold."""

from django.db import models

from pilotage.directory.models.imported import Imported, object_id, text, words


class User(Imported):
    """A user of the tenant, guests and disabled accounts included."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    user_principal_name = text()
    display_name = text()
    given_name = text()
    surname = text()
    mail = text()
    account_enabled = models.BooleanField(null=True)
    user_type = text()
    external_user_state = text()
    department = text()
    job_title = text()
    company_name = text()
    employee_id = text()
    employee_type = text()
    office_location = text()
    city = text()
    country = text()
    usage_location = text()
    preferred_language = text()
    mobile_phone = text()
    business_phones = words()
    proxy_addresses = words()
    created_at = models.DateTimeField(null=True)
    is_synced = models.BooleanField(null=True)

    def __str__(self) -> str:
        return self.display_name or self.user_principal_name or self.id


class LicenceAssignment(Imported):
    """One user holds one product, directly or through a group."""

    pk = models.CompositePrimaryKey("customer_id", "user_id", "sku_id")
    user_id = object_id()
    sku_id = object_id()
    disabled_plans = words()

    def __str__(self) -> str:
        return f"{self.user_id} {self.sku_id}"
