"""Groups and who is in them."""

from django.db import models

from pilotage.directory.models.imported import Imported, as_it_came, object_id, text, words


class Group(Imported):
    """A group of any kind; `group_types` tells Microsoft 365 and dynamic ones."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    display_name = text()
    mail = text()
    mail_enabled = models.BooleanField(null=True)
    security_enabled = models.BooleanField(null=True)
    group_types = words()
    visibility = text()
    is_assignable_to_role = models.BooleanField(null=True)
    created_at = models.DateTimeField(null=True)
    is_synced = models.BooleanField(null=True)
    rest = as_it_came()

    def __str__(self) -> str:
        return self.display_name or self.id


class Membership(Imported):
    """A direct member of a group: a user, a device, a service principal or another group."""

    pk = models.CompositePrimaryKey("customer_id", "group_id", "member_id")
    group_id = object_id()
    member_id = object_id()
    member_type = models.TextField(help_text="user, group, device …; empty when not told.")

    def __str__(self) -> str:
        return f"{self.group_id} {self.member_id}"
