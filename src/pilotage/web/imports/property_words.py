"""What a property of an imported object is called, and what it holds, in words.

API and command line keep the names of our columns and, for what is kept as it came, of Microsoft.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilotage.web import times
from pilotage.web.templatetags.directory_words import LABELS

# What the directory's pages do not show of an object; the other words are theirs.
_MORE = {
    "display_name": "Name", "user_principal_name": "Sign-in name", "usage_location": "Used in",
    "licence_sku_ids": "Licences", "assignedLicenses": "Licences and their services",
    "givenName": "First name", "surname": "Last name", "externalUserState": "Invitation as a guest",
    "companyName": "Company", "employeeId": "Employee number", "employeeType": "Kind of employee",
    "officeLocation": "Office", "mobilePhone": "Mobile phone", "businessPhones": "Phones",
    "proxyAddresses": "Mail addresses", "preferredLanguage": "Language",
    "mail_enabled": "Takes mail", "security_enabled": "Grants access", "group_types": "Types",
    "membershipRule": "Rule of membership", "trust_type": "Kind of join",
    "profileType": "Kind of profile", "preferred_language": "Language",
    "tenant_type": "Kind of tenant", "country_code": "Country",
    "technical_mails": "Technical contacts", "is_default": "Default domain",
    "is_initial": "First domain", "is_verified": "Verified", "authentication_type": "Sign-in",
    "supported_services": "Used for", "sku_id": "Product id", "sku_part_number": "Product",
    "capability_status": "State", "consumed_units": "Licences assigned",
    "enabled_units": "Licences bought", "suspended_units": "Licences suspended",
    "warning_units": "Licences in grace", "locked_out_units": "Licences locked out",
    "service_plans": "Services", "member_type": "Kind of member", "role_template_id": "Template id",
    "app_id": "Application id", "service_principal_type": "Kind of application",
    "app_owner_organization_id": "Owner's tenant id", "signInAudience": "Who may sign in",
    "resource_id": "Application", "principal_id": "Who holds it",
    "principal_type": "Kind of holder", "app_role_id": "Role id",
    "membership_type": "Kind of membership", "last_non_interactive_at": "Last sign-in by programs",
    "last_successful_at": "Last successful sign-in",
}  # fmt: skip
_WORDS = {**LABELS, **_MORE}
# The same column means something else there.
_OF_COLLECTOR = {
    ("sign_in_activity", "last_sign_in_at"): "Last sign-in",
    ("service_principals", "account_enabled"): "Enabled",
    ("devices", "account_enabled"): "Enabled",
    ("groups", "is_assignable_to_role"): "May hold roles",
}
_NOTHING = "nothing"
# They tell of the same change; without service plans the one of our own says it more shortly.
_LICENCES, _WITH_PLANS = "licence_sku_ids", "assignedLicenses"


@dataclass(frozen=True, slots=True)
class ChangedProperty:
    """One property, and what it held before and holds now."""

    label: str
    before: str
    now: str


def changed_properties(
    collector: str, details: Mapping[str, list[Any]], products: Mapping[str, str]
) -> list[ChangedProperty]:
    """The properties of one change; `products` are names by product id."""
    return [
        ChangedProperty(
            property_words(collector, name), _held(name, before, products),
            _held(name, now, products),
        )
        for name, (before, now) in details.items()
        if name != _WITH_PLANS or _LICENCES not in details
    ]  # fmt: skip


def property_words(collector: str, name: str) -> str:
    """The label of a property: ours, or its name with spaces in between ("Fax number")."""
    known = _OF_COLLECTOR.get((collector, name)) or _WORDS.get(name)
    if known:
        return known
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ")
    return apart.lower().capitalize()


def _held(name: str, value: Any, products: Mapping[str, str]) -> str:
    if value is None or value in ("", [], {}):
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_held(name, one, products) for one in value)
    if isinstance(value, dict):
        return _licence(value, products)
    text = str(value)
    if name == _LICENCES:
        return products.get(text, text)
    return _moment(text) if name.endswith("_at") else text


def _licence(value: Mapping[str, Any], products: Mapping[str, str]) -> str:
    """A product, with how many of its services are switched off; anything else as it came."""
    sku_id, off = value.get("skuId"), value.get("disabledPlans")
    if not isinstance(sku_id, str):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    count = len(off) if isinstance(off, list) else 0
    without = f" without {count} service{'' if count == 1 else 's'}" if count else ""
    return f"{products.get(sku_id, sku_id)}{without}"


def _moment(text: str) -> str:
    try:
        return times.full(datetime.fromisoformat(text))
    except ValueError:
        return text
