"""Users and their licences (https://learn.microsoft.com/graph/api/user-list)."""

from operator import attrgetter
from typing import Any

import msgspec

from pilotage.directory.models import User
from pilotage.imports.collectors.collector import Listing, Partition, Row
from pilotage.imports.collectors.shapes import Id, Moment, Name, Shape, Text, named
from pilotage.imports.store.table import table_of

# What a user principal name may begin with; beginning is compared without regard to case.
# Source: https://learn.microsoft.com/entra/identity/hybrid/connect/plan-connect-userprincipalname
# The rare ones come first: they take their time while the small lists are being written.
_FIRST_CHARACTERS = "_-.!#^~'0123456789abcdefghijklmnopqrstuvwxyz"


class AssignedLicence(msgspec.Struct, rename="camel", gc=False):
    """A product the user holds."""

    sku_id: Id


class UserShape(Shape, gc=False):
    """A user."""

    user_principal_name: Name | None = None
    display_name: Name | None = None
    mail: Name | None = None
    account_enabled: bool | None = None
    user_type: Text | None = None
    department: Text | None = None
    job_title: Text | None = None
    country: Text | None = None
    usage_location: Text | None = None
    created_at: Moment | None = named("createdDateTime")
    is_synced: bool | None = named("onPremisesSyncEnabled")
    licences: list[AssignedLicence] | None = named("assignedLicenses")


_PLAIN = attrgetter(
    "id", "user_principal_name", "display_name", "mail", "account_enabled", "user_type",
    "department", "job_title", "country", "usage_location", "created_at", "is_synced",
)  # fmt: skip


def flattened(user: Any) -> Row:
    """The row of a user; Graph names a product once, but that is not relied upon."""
    held = [licence.sku_id for licence in user.licences or ()]
    return [*_PLAIN(user), held if len(held) < 2 else list(dict.fromkeys(held))]


USERS = Listing(
    name="users",
    label="Users",
    resource="/users",
    permission="User.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="People and their licences: that is what seats are counted from.",
    table=table_of(User),
    shape=UserShape,
    row=flattened,
    rest=(
        "givenName", "surname", "externalUserState", "companyName", "employeeId", "employeeType",
        "officeLocation", "city", "preferredLanguage", "mobilePhone", "businessPhones",
        "proxyAddresses", "assignedLicenses",
    ),
    delta="/users/delta",
    partition=Partition("userPrincipalName", "user_principal_name", tuple(_FIRST_CHARACTERS)),
    fills={"licences": "licence_sku_ids"},
    is_required=True,
    is_never_empty=True,
    is_countable=True,
    weight=30,
)  # fmt: skip
