"""Objects of a customer's directory."""

from typing import Any

from ninja import Schema

from pilotage.api.schemas.values import Cursor, Day, Line, Moment, Search


class ListFilters(Schema):
    """All that is given has to match. `licence` is a product's id, for users alone."""

    search: Search = ""
    show: Line = ""
    licence: Line = ""
    cursor: Cursor = ""


class HeldLicenceOut(Schema):
    """A product that a user holds."""

    sku_id: str
    name: str


class UserOut(Schema):
    """A user. `last_used_at` is null for never, and where Microsoft does not tell it."""

    id: str
    display_name: str | None
    user_principal_name: str | None
    mail: str | None
    account_enabled: bool | None
    user_type: str | None
    department: str | None
    job_title: str | None
    country: str | None
    licences: list[HeldLicenceOut]
    is_synced: bool | None
    created_at: Moment | None
    last_used_at: Moment | None


class GroupOut(Schema):
    """A group; `kind` is as Microsoft's admin centers call it."""

    id: str
    display_name: str | None
    mail: str | None
    kind: str
    is_dynamic: bool
    visibility: str | None
    is_assignable_to_role: bool | None
    is_synced: bool | None
    created_at: Moment | None


class DeviceOut(Schema):
    """A device; `joined_as` tells how Entra knows it."""

    id: str
    device_id: str | None
    display_name: str | None
    account_enabled: bool | None
    operating_system: str | None
    operating_system_version: str | None
    joined_as: str
    is_compliant: bool | None
    is_managed: bool | None
    is_synced: bool | None
    registered_at: Moment | None
    last_sign_in_at: Moment | None


class UserPage(Schema):
    """Users by name."""

    items: list[UserOut]
    next: str
    previous: str


class GroupPage(Schema):
    """Groups by name."""

    items: list[GroupOut]
    next: str
    previous: str


class DevicePage(Schema):
    """Devices by name."""

    items: list[DeviceOut]
    next: str
    previous: str


class LinkOut(Schema):
    """Another object; `kind` as Microsoft calls it, empty when not told."""

    id: str
    name: str
    kind: str


class Belonging(Schema):
    """What belongs to an object. Of long lists only the beginning is given: `has_more`.

    `as_it_came` are further properties by Microsoft's names.
    """

    groups: list[LinkOut]
    roles: list[LinkOut]
    members: list[LinkOut]
    has_more: bool
    as_it_came: dict[str, Any]


class UserDetailsOut(UserOut, Belonging):
    """A user with groups and roles."""


class GroupDetailsOut(GroupOut, Belonging):
    """A group with its direct members."""


class DeviceDetailsOut(DeviceOut, Belonging):
    """A device with its groups."""


class LicenceOut(Schema):
    """A product; all numbers are licences. `unused` by days, empty where sign-ins are not told."""

    sku_id: str
    sku_part_number: str
    name: str
    status: str
    costs_nothing: bool
    bought: int
    assigned: int
    free: int
    in_warning: int
    on_disabled: int
    unused: dict[str, int]


class InsightsOut(Schema):
    """Licence waste and unused accounts, without products that cost nothing. The last two are
    null where Microsoft does not tell sign-ins.
    """

    bought: int
    assigned: int
    unassigned: int
    on_disabled: int
    disabled_accounts: int
    unused_accounts: dict[str, int] | None
    on_unused: dict[str, int] | None


class SeatsOut(Schema):
    """The seats used on one day, by the rule that held then; days are the partner's."""

    day: Day
    seats: int
