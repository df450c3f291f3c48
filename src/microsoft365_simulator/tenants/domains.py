"""The domain resource: the tenant's own domain, its initial one, and one not yet verified."""

from __future__ import annotations

from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.directory import Directory


def domains(directory: Directory) -> list[Row]:
    """The domains, the default one first."""
    own, initial = directory.home.domain, directory.home.initial_domain
    named = [(own, True, True)]
    if initial != own:
        named.append((initial, False, True))
    named.append((f"new.{own}", False, False))
    return [
        _row(name, is_default=is_default, is_initial=name == initial, is_verified=is_verified)
        for name, is_default, is_verified in named
    ]


def _row(name: str, *, is_default: bool, is_initial: bool, is_verified: bool) -> Row:
    services = ["Email", "OfficeCommunicationsOnline"] if is_default else []
    return {
        "id": name,
        "authenticationType": "Managed",
        "availabilityStatus": None,
        "isAdminManaged": True,
        "isDefault": is_default,
        "isInitial": is_initial,
        "isRoot": True,
        "isVerified": is_verified,
        "manufacturer": None,
        "model": None,
        "passwordNotificationWindowInDays": None,
        "passwordValidityPeriodInDays": 2147483647,
        "state": None,
        "supportedServices": services,
    }
