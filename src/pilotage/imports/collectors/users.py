"""Users and their licences (https://learn.microsoft.com/graph/api/user-list)."""

from typing import Any

import msgspec

from pilotage.directory.models import LicenceAssignment, User
from pilotage.imports.collectors.collector import Listing, Part, Row
from pilotage.imports.collectors.shapes import Id, Moment, Name, Shape, Text, Words, named
from pilotage.imports.store.table import table_of


class AssignedLicence(msgspec.Struct, rename="camel"):
    """A product the user holds."""

    sku_id: Id
    disabled_plans: list[Id] = []


class UserShape(Shape):
    """A user."""

    user_principal_name: Name | None = None
    display_name: Name | None = None
    given_name: Text | None = None
    surname: Text | None = None
    mail: Name | None = None
    account_enabled: bool | None = None
    user_type: Text | None = None
    external_user_state: Text | None = None
    department: Text | None = None
    job_title: Text | None = None
    company_name: Text | None = None
    employee_id: Text | None = None
    employee_type: Text | None = None
    office_location: Text | None = None
    city: Text | None = None
    country: Text | None = None
    usage_location: Text | None = None
    preferred_language: Text | None = None
    mobile_phone: Text | None = None
    business_phones: Words | None = None
    proxy_addresses: Words | None = None
    created_at: Moment | None = named("createdDateTime")
    is_synced: bool | None = named("onPremisesSyncEnabled")
    assigned_licenses: list[AssignedLicence] | None = None


def licences(user: Any) -> list[Row]:
    """One row for each product; Graph names a product once, but that is not relied upon."""
    held = {licence.sku_id: licence for licence in user.assigned_licenses or ()}
    return [(user.id, sku_id, licence.disabled_plans) for sku_id, licence in held.items()]


USERS = Listing(
    name="users",
    label="Users",
    resource="/users",
    permission="User.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="People and their licences: that is what seats are counted from.",
    table=table_of(User),
    shape=UserShape,
    part=Part("assigned_licenses", table_of(LicenceAssignment), licences),
    is_required=True,
    is_never_empty=True,
    is_countable=True,
    weight=30,
)
