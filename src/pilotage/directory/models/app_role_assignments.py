"""Who has which role of which application."""

from django.db import models

from pilotage.directory.models.imported import Imported, object_id, text


class AppRoleAssignment(Imported):
    """A user, a group or an application (`principal`) has a role of an application (`resource`).

    Both sides are ids of objects; the resource and application principals are service principals.
    The role of an application that offers none is all zeros.
    """

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    resource_id = object_id()
    principal_id = object_id()
    principal_type = text()
    app_role_id = text()
    created_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.principal_id} {self.resource_id}"
