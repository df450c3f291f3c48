"""Applications, service principals and administrative units: the tenant's smaller lists."""

from __future__ import annotations

from collections.abc import Callable

from microsoft365_simulator.tenants.app_roles import offered
from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.subject import Kind, Subject
from microsoft365_simulator.tenants.words import DEPARTMENTS, PLACES

GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000"
MICROSOFT_TENANT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"

# Applications of Microsoft's that every tenant has, with their published ids.
FIRST_PARTY = (
    (GRAPH_APP_ID, "Microsoft Graph"),
    ("00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online"),
    ("00000003-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online"),
    ("00000002-0000-0000-c000-000000000000", "Windows Azure Active Directory"),
    ("797f4846-ba00-4fd7-ba43-dac1f8f63013", "Windows Azure Service Management API"),
    ("cc15fd57-2c6c-4117-a88c-83b1d56b4bbe", "Microsoft Teams Services"),
    ("0000000a-0000-0000-c000-000000000000", "Microsoft Intune"),
)
GRAPH_PRINCIPAL = 0
_TOOLS = ("Backup", "Payroll", "CRM", "Ticketing", "Signature", "Monitoring", "Wiki", "Printing")


def _app_id(item: Subject) -> str:
    if item.index < len(FIRST_PARTY):
        return FIRST_PARTY[item.index][0]
    return derived_guid("app", item.home.definition.seed, item.index)


def _is_first_party(item: Subject) -> bool:
    return item.index < len(FIRST_PARTY)


def _name(item: Subject) -> str:
    if _is_first_party(item):
        return FIRST_PARTY[item.index][1]
    return f"{_TOOLS[item.noise[0] % len(_TOOLS)]} connector {item.index}"


def _registered_id(item: Subject) -> str:
    """The tenant's own application number n is the service principal after Microsoft's."""
    return derived_guid("app", item.home.definition.seed, item.index + len(FIRST_PARTY))


SERVICE_PRINCIPAL_PROPERTIES: dict[str, Callable[[Subject], object]] = {
    "id": lambda s: s.id,
    "deletedDateTime": lambda s: None,
    "accountEnabled": lambda s: s.noise[1] > 10,
    "alternativeNames": lambda s: [],
    "appDescription": lambda s: None,
    "appDisplayName": _name,
    "appId": _app_id,
    "appOwnerOrganizationId": lambda s: (
        MICROSOFT_TENANT if _is_first_party(s) else s.home.definition.tenant_id
    ),
    "appRoleAssignmentRequired": lambda s: s.noise[2] < 60,
    "appRoles": lambda s: offered(s.home, s.index, s.noise),
    "applicationTemplateId": lambda s: None,
    "createdDateTime": lambda s: s.home.when(s.noise[3] * 10, s.noise[4]),
    "description": lambda s: None,
    "disabledByMicrosoftStatus": lambda s: None,
    "displayName": _name,
    "homepage": lambda s: None,
    "info": lambda s: {"termsOfServiceUrl": None, "privacyStatementUrl": None, "logoUrl": None},
    "keyCredentials": lambda s: [],
    "loginUrl": lambda s: None,
    "notes": lambda s: None,
    "oauth2PermissionScopes": lambda s: [],
    "passwordCredentials": lambda s: [],
    "preferredSingleSignOnMode": lambda s: None,
    "replyUrls": lambda s: [],
    "servicePrincipalNames": lambda s: [_app_id(s)],
    "servicePrincipalType": lambda s: "Application" if s.noise[5] > 30 else "ManagedIdentity",
    "signInAudience": lambda s: "AzureADMultipleOrgs" if _is_first_party(s) else "AzureADMyOrg",
    "tags": lambda s: [] if _is_first_party(s) else ["WindowsAzureActiveDirectoryIntegratedApp"],
    "tokenEncryptionKeyId": lambda s: None,
    "verifiedPublisher": lambda s: {
        "displayName": None,
        "verifiedPublisherId": None,
        "addedDateTime": None,
    },
}

APPLICATION_PROPERTIES: dict[str, Callable[[Subject], object]] = {
    "id": lambda a: a.id,
    "deletedDateTime": lambda a: None,
    "appId": _registered_id,
    "createdDateTime": lambda a: a.home.when(a.noise[3] * 10, a.noise[4]),
    "description": lambda a: None,
    "displayName": lambda a: f"{_TOOLS[a.noise[0] % len(_TOOLS)]} application {a.index}",
    "groupMembershipClaims": lambda a: None,
    "identifierUris": lambda a: [f"api://{_registered_id(a)}"],
    "isFallbackPublicClient": lambda a: None,
    "keyCredentials": lambda a: [],
    "passwordCredentials": lambda a: [],
    "publisherDomain": lambda a: a.home.domain,
    "requiredResourceAccess": lambda a: [],
    "signInAudience": lambda a: "AzureADMyOrg",
    "tags": lambda a: [],
}

UNIT_PROPERTIES: dict[str, Callable[[Subject], object]] = {
    "id": lambda u: u.id,
    "deletedDateTime": lambda u: None,
    "description": lambda u: None,
    "displayName": lambda u: (
        f"{PLACES[u.index % len(PLACES)][0]} {DEPARTMENTS[u.noise[0] % len(DEPARTMENTS)]}"
    ),
    "isMemberManagementRestricted": lambda u: None,
    "membershipRule": lambda u: None,
    "membershipRuleProcessingState": lambda u: None,
    "membershipType": lambda u: None,
    "visibility": lambda u: None,
}

SERVICE_PRINCIPAL = Kind(
    code=4,
    path="servicePrincipals",
    type_name="microsoft.graph.servicePrincipal",
    properties=SERVICE_PRINCIPAL_PROPERTIES,
    default_select=tuple(SERVICE_PRINCIPAL_PROPERTIES),
)
APPLICATION = Kind(
    code=5,
    path="applications",
    type_name="microsoft.graph.application",
    properties=APPLICATION_PROPERTIES,
    default_select=tuple(APPLICATION_PROPERTIES),
)
ADMINISTRATIVE_UNIT = Kind(
    code=7,
    path="administrativeUnits",
    type_name="microsoft.graph.administrativeUnit",
    properties=UNIT_PROPERTIES,
    default_select=tuple(UNIT_PROPERTIES),
    relations=frozenset({"members"}),
)
