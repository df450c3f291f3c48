"""Administrative units and what belongs to them."""

from django.db import models

from pilotage.directory.models.imported import Imported, object_id, text


class AdministrativeUnit(Imported):
    """A part of the organization that has administrators of its own."""

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    display_name = text()
    description = text()
    visibility = text()
    membership_type = text()

    def __str__(self) -> str:
        return self.display_name or self.id


class AdministrativeUnitMember(Imported):
    """A user, group or device that belongs to an administrative unit."""

    pk = models.CompositePrimaryKey("customer_id", "unit_id", "member_id")
    unit_id = object_id()
    member_id = object_id()
    member_type = models.TextField(help_text="user, group, device; empty when not told.")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.member_id}"
