"""Filters that put directory objects into words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template

from pilotage.directory.lists.devices import joined_as
from pilotage.directory.lists.groups import kind_of

register = template.Library()
LABELS = {
    "mail": "Mail", "account_enabled": "May sign in", "user_type": "Kind of account",
    "department": "Department", "job_title": "Job title", "country": "Country",
    "kind": "Kind", "is_dynamic": "Dynamic membership", "visibility": "Visibility",
    "is_assignable_to_role": "May hold roles", "operating_system": "System",
    "operating_system_version": "Version", "joined_as": "Known as",
    "is_compliant": "Compliant", "is_managed": "Managed", "is_synced": "Synced from on-premises",
    "created_at": "Created", "registered_at": "Registered", "last_used_at": "Last used",
    "last_sign_in_at": "Last seen", "device_id": "Device id", "id": "Id",
}  # fmt: skip
_MOMENTS = frozenset(name for name in LABELS if name.endswith("_at"))


@register.filter
def group_kind(group: Any) -> str:
    """Microsoft 365, security …"""
    return kind_of(group)


@register.filter
def joined(device: Any) -> str:
    """How Entra knows the device."""
    return joined_as(device)


@register.filter
def facts(shown: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What is told of an object, as label and value; a moment stays one."""
    found = []
    for name, label in LABELS.items():
        value = shown.get(name)
        if value is None or value == "":
            continue
        if name in _MOMENTS:
            value = datetime.fromisoformat(value)
        elif isinstance(value, bool):
            value = "yes" if value else "no"
        found.append((label, value))
    return found
