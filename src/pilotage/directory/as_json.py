"""Objects of the directory as plain JSON, the same for the API and the command line."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pilotage.directory.details import Details, Link
from pilotage.directory.licences import Insights, Licence
from pilotage.directory.lists.devices import joined_as
from pilotage.directory.lists.groups import kind_of
from pilotage.directory.models import Device, Group, User


def object_as_json(found: Any, products: Mapping[str, str]) -> dict[str, Any]:
    """One row of a list; `products` are names by product id."""
    if isinstance(found, User):
        return _user(found, products)
    return _group(found) if isinstance(found, Group) else _device(found)


def details_as_json(details: Details, products: Mapping[str, str]) -> dict[str, Any]:
    """One object with what belongs to it, and what was kept as Microsoft sent it."""
    return {
        **object_as_json(details.it, products),
        "groups": [_link(link) for link in details.groups],
        "roles": [_link(link) for link in details.roles],
        "members": [_link(link) for link in details.members],
        "has_more": details.has_more,
        "as_it_came": details.it.rest or {},
    }


def licence_as_json(licence: Licence) -> dict[str, Any]:
    """One product."""
    return {
        "sku_id": licence.sku_id,
        "sku_part_number": licence.part_number,
        "name": licence.name,
        "status": licence.status,
        "costs_nothing": licence.is_free,
        "bought": licence.bought,
        "assigned": licence.assigned,
        "free": licence.free,
        "in_warning": licence.in_warning,
        "on_disabled": licence.on_disabled,
        "unused": {str(days): count for days, count in licence.unused.items()},
    }


def insights_as_json(found: Insights) -> dict[str, Any]:
    """Licence waste and unused accounts."""
    return {
        "bought": found.bought,
        "assigned": found.assigned,
        "unassigned": found.unassigned,
        "on_disabled": found.on_disabled,
        "disabled_accounts": found.disabled_accounts,
        "unused_accounts": _by_days(found.unused_accounts),
        "on_unused": _by_days(found.on_unused),
    }


def seats_as_json(series: Iterable[tuple[date, int]]) -> list[dict[str, Any]]:
    """The seats of each day."""
    return [{"day": day.isoformat(), "seats": seats} for day, seats in series]


def _user(user: User, products: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": user.id,
        "display_name": user.display_name,
        "user_principal_name": user.user_principal_name,
        "mail": user.mail,
        "account_enabled": user.account_enabled,
        "user_type": user.user_type,
        "department": user.department,
        "job_title": user.job_title,
        "country": user.country,
        "licences": [
            {"sku_id": sku_id, "name": products.get(sku_id, sku_id)}
            for sku_id in user.licence_sku_ids or []
        ],
        "is_synced": user.is_synced,
        "created_at": _iso(user.created_at),
        "last_used_at": _iso(getattr(user, "last_used_at", None)),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "display_name": group.display_name,
        "mail": group.mail,
        "kind": kind_of(group),
        "is_dynamic": "DynamicMembership" in (group.group_types or []),
        "visibility": group.visibility,
        "is_assignable_to_role": group.is_assignable_to_role,
        "is_synced": group.is_synced,
        "created_at": _iso(group.created_at),
    }


def _device(device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "device_id": device.device_id,
        "display_name": device.display_name,
        "account_enabled": device.account_enabled,
        "operating_system": device.operating_system,
        "operating_system_version": device.operating_system_version,
        "joined_as": joined_as(device),
        "is_compliant": device.is_compliant,
        "is_managed": device.is_managed,
        "is_synced": device.is_synced,
        "registered_at": _iso(device.registered_at),
        "last_sign_in_at": _iso(device.last_sign_in_at),
    }


def _link(link: Link) -> dict[str, str]:
    return {"id": link.id, "name": link.name, "kind": link.kind}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _by_days(counts: dict[int, int] | None) -> dict[str, int] | None:
    return None if counts is None else {str(days): n for days, n in counts.items()}
