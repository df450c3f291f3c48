"""The permissions in plain words: what each allows, why it is asked for, and what it feeds."""

from dataclasses import dataclass

from pilotage.imports.collectors.registry import COLLECTORS

# Close to the words of Microsoft's consent page, so that people find them again there.
TITLES = {
    "Organization.Read.All": "Read organization information",
    "Domain.Read.All": "Read domains",
    "User.Read.All": "Read all users' full profiles",
    "GroupMember.Read.All": "Read all group memberships",
    "RoleManagement.Read.Directory": "Read all directory role assignments",
    "Device.Read.All": "Read all devices",
    "Application.Read.All": "Read all applications",
    "AdministrativeUnit.Read.All": "Read all administrative units",
    "AuditLog.Read.All": "Read all audit log data",
}


@dataclass(frozen=True, slots=True)
class PermissionInWords:
    """One permission; `feeds` are the imports that read with it, `why` their reasons."""

    name: str
    title: str
    feeds: tuple[str, ...]
    why: tuple[str, ...]


def permissions_in_words() -> list[PermissionInWords]:
    """Every permission that the import application asks for, in the order of the imports."""
    names = list(dict.fromkeys(collector.permission for collector in COLLECTORS))
    return [_in_words(name) for name in names]


def _in_words(name: str) -> PermissionInWords:
    readers = [collector for collector in COLLECTORS if collector.permission == name]
    return PermissionInWords(
        name=name,
        title=TITLES[name],
        feeds=tuple(collector.label for collector in readers),
        why=tuple(collector.why for collector in readers),
    )
