"""Directory roles and who holds them."""

from django.db import models

from pilotage.directory.models.imported import Imported, object_id, text


class DirectoryRole(Imported):
    """A role that is active in the tenant; the template id is the same in every tenant."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    display_name = text()
    description = text()
    role_template_id = text()

    def __str__(self) -> str:
        return self.display_name or self.id


class RoleMember(Imported):
    """A holder of a role: a user, a group or a service principal."""

    pk = models.CompositePrimaryKey("customer_id", "role_id", "member_id")
    role_id = object_id()
    member_id = object_id()
    member_type = models.TextField(help_text="user, group …; empty when not told.")

    def __str__(self) -> str:
        return f"{self.role_id} {self.member_id}"
