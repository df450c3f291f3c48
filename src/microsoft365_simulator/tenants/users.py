"""The user resource: each property as a function of the person."""

from __future__ import annotations

from collections.abc import Callable

from microsoft365_simulator.tenants.licences import assigned_plans
from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.person import GUEST_HOME, Person
from microsoft365_simulator.tenants.subject import Kind
from microsoft365_simulator.tenants.words import TITLES

# As Graph gives them when nothing is selected.
DEFAULT_SELECT = (
    "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone",
    "officeLocation", "preferredLanguage", "surname", "userPrincipalName", "id",
)  # fmt: skip


def _synced(person: Person, value: object) -> object:
    return value if person.persona.is_synced else None


def _licence_states(person: Person) -> list[dict[str, object]]:
    since = person.home.when(person.noise[4] * 3, person.noise[5])
    by_group = person.home.role_holders_id if person.noise[6] < 60 else None
    return [
        {
            "skuId": licence["skuId"],
            "disabledPlans": [],
            "assignedByGroup": by_group,
            "state": "Active",
            "error": "None",
            "lastUpdatedDateTime": since,
        }
        for licence in person.persona.assigned_licenses
    ]


def _proxy_addresses(person: Person) -> list[str]:
    if person.mail is None:
        return []
    first = [f"SMTP:{person.mail}"]
    return (
        first
        if person.persona.is_guest
        else [*first, f"smtp:{person.local}@{person.home.initial_domain}"]
    )


def _identities(person: Person) -> list[dict[str, str]]:
    if person.persona.is_guest:
        return [{"signInType": "federated", "issuer": GUEST_HOME, "issuerAssignedId": ""}]
    issuer = person.home.initial_domain
    return [{"signInType": "userPrincipalName", "issuer": issuer, "issuerAssignedId": person.upn}]


def _sign_in(person: Person) -> dict[str, object] | None:
    """Most signed in lately, some long ago, some never: those have no value at all.

    Some were only signed in by their programs, and the latest attempt of some failed.
    """
    noise, when = person.noise, person.home.when
    days = noise[7]
    if days > 235 or person.persona.is_invited:
        return None
    # Never today: that hour may not have come yet.
    back = days if days > 180 else 1 + days % 20
    interactive = None if noise[9] > 240 else when(back, noise[8])
    silent = when(max(1, back - noise[9] % 3), noise[10]) if noise[9] > 20 else None
    latest = max(at for at in (interactive, silent) if at)
    return {
        "lastSignInDateTime": interactive,
        "lastSignInRequestId": derived_guid("sign-in", person.id) if interactive else None,
        "lastNonInteractiveSignInDateTime": silent,
        "lastNonInteractiveSignInRequestId": derived_guid("silent", person.id) if silent else None,
        "lastSuccessfulSignInDateTime": when(back + 9, noise[11]) if noise[12] < 12 else latest,
        "lastSuccessfulSignInRequestId": derived_guid("success", person.id),
    }


def _job_title(person: Person) -> str | None:
    if person.index < 5 or person.noise[2] > 225:
        return None
    if person.noise[2] == 224:
        return ("Principal " * 12 + "Engineer")[:128]
    return TITLES[person.noise[2] % len(TITLES)]


def _street(person: Person) -> str | None:
    if person.noise[9] > 200:
        return None
    return f"{person.noise[9]} {person.place[0]} Street"


def _on_premises_sid(person: Person) -> str:
    return f"{person.home.security_identifier}-{person.index + 1100}"


def _distinguished_name(person: Person) -> str:
    parts = ",".join(f"DC={part}" for part in person.home.domain.split("."))
    return f"CN={person.local},OU=People,{parts}"


PROPERTIES: dict[str, Callable[[Person], object]] = {
    "id": lambda p: p.id,
    "accountEnabled": lambda p: p.persona.is_enabled,
    "ageGroup": lambda p: None,
    "assignedLicenses": lambda p: p.persona.assigned_licenses,
    "assignedPlans": lambda p: assigned_plans(p.persona.bundle, p.home.when(400, p.noise[5])),
    "businessPhones": lambda p: (
        [f"{p.place[6]} {p.noise[3]}{p.noise[4]:03}"] if p.noise[3] < 120 else []
    ),
    "city": lambda p: p.place[0] if p.is_person else None,
    "companyName": lambda p: None if p.noise[10] > 128 else p.home.definition.name,
    "consentProvidedForMinor": lambda p: None,
    "country": lambda p: p.place[3] if p.is_person else None,
    "createdDateTime": lambda p: p.home.when(30 + p.noise[11] * 12, p.noise[12]),
    "creationType": lambda p: "Invitation" if p.persona.is_guest else None,
    "deletedDateTime": lambda p: None,
    "department": lambda p: p.department,
    "displayName": lambda p: p.display,
    "employeeHireDate": lambda p: p.home.when(p.noise[11] * 12, 0) if p.noise[13] < 128 else None,
    "employeeId": lambda p: f"E{p.index + 100000}" if p.noise[13] < 180 else None,
    "employeeLeaveDateTime": lambda p: None,
    "employeeOrgData": lambda p: None,
    "employeeType": lambda p: ("Employee", "Contractor", None)[p.noise[13] % 3],
    "externalUserState": lambda p: (
        None
        if not p.persona.is_guest
        else "PendingAcceptance"
        if p.persona.is_invited
        else "Accepted"
    ),
    "externalUserStateChangeDateTime": lambda p: (
        p.home.when(p.noise[4] * 3, p.noise[5]) if p.persona.is_guest else None
    ),
    "faxNumber": lambda p: None,
    "givenName": lambda p: p.given if p.is_person else None,
    "identities": _identities,
    "imAddresses": lambda p: [p.upn] if p.persona.bundle else [],
    "isManagementRestricted": lambda p: None,
    "isResourceAccount": lambda p: None if p.is_person else True,
    "jobTitle": _job_title,
    "lastPasswordChangeDateTime": lambda p: p.home.when(p.noise[4] * 2, p.noise[12]),
    "legalAgeGroupClassification": lambda p: None,
    "licenseAssignmentStates": _licence_states,
    "mail": lambda p: p.mail,
    "mailNickname": lambda p: p.local,
    "mobilePhone": lambda p: (
        f"{p.place[6]} {p.noise[14]}{p.noise[15]:03}" if p.noise[14] < 150 else None
    ),
    "officeLocation": lambda p: f"{p.place[0]} {p.noise[3] % 7}" if p.noise[3] < 190 else None,
    "onPremisesDistinguishedName": lambda p: _synced(p, _distinguished_name(p)),
    "onPremisesDomainName": lambda p: _synced(p, p.home.domain),
    "onPremisesImmutableId": lambda p: _synced(p, p.noise.hex()),
    "onPremisesLastSyncDateTime": lambda p: _synced(p, p.home.when(p.noise[6] % 9, p.noise[12])),
    "onPremisesSamAccountName": lambda p: _synced(p, p.local[:20]),
    "onPremisesSecurityIdentifier": lambda p: _synced(p, _on_premises_sid(p)),
    "onPremisesSyncEnabled": lambda p: _synced(p, True),
    "onPremisesUserPrincipalName": lambda p: _synced(p, p.upn),
    "otherMails": lambda p: [f"{p.local}@{GUEST_HOME}"] if p.persona.is_guest else [],
    "passwordPolicies": lambda p: None if p.is_person else "DisablePasswordExpiration",
    "postalCode": lambda p: p.place[2] or None,
    "preferredDataLocation": lambda p: None,
    "preferredLanguage": lambda p: p.place[5] if p.noise[10] < 140 else None,
    "proxyAddresses": _proxy_addresses,
    "securityIdentifier": lambda p: (
        "S-1-12-1-" + "-".join(str(p.noise[at] * 16777619) for at in range(4))
    ),
    "showInAddressList": lambda p: False if p.persona.is_guest else None,
    "signInActivity": _sign_in,
    "signInSessionsValidFromDateTime": lambda p: p.home.when(p.noise[4] * 2, p.noise[12]),
    "state": lambda p: p.place[1],
    "streetAddress": _street,
    "surname": lambda p: p.family if p.is_person else None,
    "usageLocation": lambda p: p.place[4] if p.persona.bundle else None,
    "userPrincipalName": lambda p: p.upn,
    "userType": lambda p: "Guest" if p.persona.is_guest else "Member",
}

_ABSENT_ON_LISTS = frozenset(
    {
        "aboutMe",
        "birthday",
        "hireDate",
        "interests",
        "mailboxSettings",
        "mySite",
        "pastProjects",
        "preferredName",
        "responsibilities",
        "schools",
        "skills",
    }
)

USER = Kind(
    code=1,
    path="users",
    type_name="microsoft.graph.user",
    properties=PROPERTIES,
    default_select=DEFAULT_SELECT,
    make=Person,
    absent_on_lists=_ABSENT_ON_LISTS,
    relations=frozenset({"manager"}),
)
