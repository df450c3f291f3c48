"""Service principals: the applications that are present in the tenant."""

from django.db import models

from pilotage.directory.models.imported import Imported, as_it_came, object_id, text


class ServicePrincipal(Imported):
    """An application's or a managed identity's account in the tenant."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    app_id = text()
    display_name = text()
    account_enabled = models.BooleanField(null=True)
    service_principal_type = text()
    app_owner_organization_id = text()
    rest = as_it_came()

    def __str__(self) -> str:
        return self.display_name or self.id
