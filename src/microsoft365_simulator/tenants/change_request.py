"""What can be played on a directory, as the control API takes it and the log keeps it."""

from typing import Annotated, Any

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=200_000)]


class Setting(msgspec.Struct, forbid_unknown_fields=True):
    """New values of one object's properties."""

    id: str
    set: dict[str, Any]


class Membership(msgspec.Struct, forbid_unknown_fields=True):
    """One membership of a group, a directory role or an administrative unit.

    With a service principal's id as `group_id`, an assignment to that application.
    """

    group_id: str
    member_id: str


class Principal(msgspec.Struct, forbid_unknown_fields=True):
    """The service principal that consent to an application leaves in a tenant."""

    app_id: str
    name: str


class ChangeRequest(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Changes by number, chosen with `seed`, and changes of named objects."""

    seed: int = 1
    users_added: Count = 0
    users_updated: Count = 0
    users_deleted: Count = 0
    users_restored: Count = 0
    groups_added: Count = 0
    groups_updated: Count = 0
    groups_deleted: Count = 0
    groups_restored: Count = 0
    devices_added: Count = 0
    devices_updated: Count = 0
    devices_deleted: Count = 0
    devices_restored: Count = 0
    memberships_added: Count = 0
    memberships_deleted: Count = 0
    update: list[Setting] = []
    delete: list[str] = []
    delete_for_good: list[str] = []
    restore: list[str] = []
    add_members: list[Membership] = []
    remove_members: list[Membership] = []
    principals_added: list[Principal] = []
    principals_removed: list[str] = []
