"""One user, group or device with what belongs to it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pilotage.customers.queries import get_customer
from pilotage.directory.errors import ObjectNotFound
from pilotage.directory.lists import USERS, Kind
from pilotage.directory.lists.users import with_last_sign_in
from pilotage.directory.models import (
    DirectoryRole,
    Group,
    Membership,
    RoleMember,
    User,
)
from pilotage.directory.names import names_of
from pilotage.directory.products import product_names
from pilotage.kernel.actor import Actor

MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Link:
    """Another object that this one has to do with; `kind` as Microsoft calls it, e.g. "user"."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Details:
    """An object; `groups` it is a direct member of, `members` it has, `roles` it holds.

    Of long lists only the first `MOST_MEMBERS` are here, and `has_more` says so.
    """

    it: Any
    products: list[str]
    groups: list[Link]
    roles: list[Link]
    members: list[Link]
    has_more: bool


def get_details(actor: Actor, customer_id: UUID, kind: Kind, object_id: str) -> Details:
    """Raises CustomerNotFound and ObjectNotFound."""
    customer = get_customer(actor, customer_id)
    if "\0" in object_id:
        # PostgreSQL does not even compare with it.
        raise ObjectNotFound
    rows: Any = kind.model.objects.filter(customer=customer, id=object_id)
    found = (with_last_sign_in(rows) if kind is USERS else rows).first()
    if found is None:
        raise ObjectNotFound
    products = product_names(customer.id) if isinstance(found, User) else {}
    held = (found.licence_sku_ids or []) if isinstance(found, User) else []
    groups, more_groups = _groups_of(customer.id, object_id)
    members, more_members = (
        _members_of(customer.id, object_id) if isinstance(found, Group) else ([], False)
    )
    return Details(
        it=found,
        products=sorted(products.get(sku_id, sku_id) for sku_id in held),
        groups=groups,
        roles=_roles_of(customer.id, object_id),
        members=members,
        has_more=more_groups or more_members,
    )


def _groups_of(customer_id: UUID, object_id: str) -> tuple[list[Link], bool]:
    rows = Membership.objects.filter(customer_id=customer_id, member_id=object_id)
    ids = list(rows.values_list("group_id", flat=True)[: MOST_MEMBERS + 1])
    groups = Group.objects.filter(customer_id=customer_id, id__in=ids[:MOST_MEMBERS])
    links = [Link(group.id, str(group), "group") for group in groups.defer("rest")]
    return sorted(links, key=_by_name), len(ids) > MOST_MEMBERS


def _members_of(customer_id: UUID, group_id: str) -> tuple[list[Link], bool]:
    rows = Membership.objects.filter(customer_id=customer_id, group_id=group_id)
    found = list(rows.order_by("member_id")[: MOST_MEMBERS + 1])
    shown = found[:MOST_MEMBERS]
    names = names_of(customer_id, [row.member_id for row in shown])
    links = [
        Link(row.member_id, names.get(row.member_id, row.member_id), row.member_type)
        for row in shown
    ]
    return sorted(links, key=_by_name), len(found) > MOST_MEMBERS


def _roles_of(customer_id: UUID, object_id: str) -> list[Link]:
    held = RoleMember.objects.filter(customer_id=customer_id, member_id=object_id)
    ids = list(held.values_list("role_id", flat=True))
    roles = DirectoryRole.objects.filter(customer_id=customer_id, id__in=ids)
    return sorted((Link(role.id, str(role), "directoryRole") for role in roles), key=_by_name)


def _by_name(link: Link) -> tuple[str, str]:
    return link.name.lower(), link.id
