"""Which application permission opens which resource.

From each method's page in the Microsoft Graph v1.0 reference, application column.
"""

from __future__ import annotations

from microsoft365_simulator.graph.errors import denied

_DIRECTORY = frozenset({"Directory.Read.All", "Directory.ReadWrite.All"})


def _any_of(*names: str) -> frozenset[str]:
    return _DIRECTORY | frozenset(names)


NEEDED = {
    "users": _any_of("User.Read.All", "User.ReadWrite.All"),
    "groups": _any_of("Group.Read.All", "Group.ReadWrite.All", "GroupMember.Read.All"),
    "devices": _any_of("Device.Read.All", "Device.ReadWrite.All"),
    "servicePrincipals": _any_of("Application.Read.All", "Application.ReadWrite.All"),
    "applications": _any_of("Application.Read.All", "Application.ReadWrite.All"),
    "directoryRoles": _any_of("RoleManagement.Read.Directory", "RoleManagement.Read.All"),
    "administrativeUnits": _any_of(
        "AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All"
    ),
    "organization": _any_of("Organization.Read.All", "Organization.ReadWrite.All"),
    "domains": _any_of("Domain.Read.All", "Domain.ReadWrite.All"),
    "subscribedSkus": _any_of("Organization.Read.All", "LicenseAssignment.Read.All"),
    "appRoleAssignments": _any_of("Application.Read.All", "AppRoleAssignment.ReadWrite.All"),
    # From the side of users and groups the documentation names no narrower one.
    "appRoleAssignmentsOfPeople": _any_of("AppRoleAssignment.ReadWrite.All"),
    # Listing what a user is in: the page of transitiveMemberOf names these.
    "memberOf": _any_of(
        "User.Read.All", "User.ReadWrite.All", "Group.Read.All", "GroupMember.Read.All"
    ),
}
SIGN_IN_ACTIVITY = frozenset({"AuditLog.Read.All"})

# Ids of Graph's application permissions, from the permissions reference.
ROLE_IDS = {
    "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
    "Group.Read.All": "5b567255-7703-4780-807c-7be8301ae99b",
    "GroupMember.Read.All": "98830695-27a2-44f7-8c18-0c3ebc9698f6",
    "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
    "Device.Read.All": "7438b122-aefc-4978-80ed-43db9fcc7715",
    "Organization.Read.All": "498476ce-e0fe-48b0-b801-37ba7e2685c6",
    "Application.Read.All": "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
    "Domain.Read.All": "dbb9058a-0e50-45d7-ae91-66909b5d4664",
    "RoleManagement.Read.Directory": "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
    "AuditLog.Read.All": "b0afded3-3588-46d8-8b3d-9842eff778da",
    "LicenseAssignment.Read.All": "e2f98668-2877-4f38-a2f4-8202e0717aa1",
    "AdministrativeUnit.Read.All": "134fd756-38ce-4afd-ba33-e9623dbe66c2",
}


def may_read(roles: frozenset[str], resource: str) -> bool:
    return not NEEDED[resource].isdisjoint(roles)


def demand(roles: frozenset[str], resource: str) -> None:
    """Raise GraphError 403 unless one of the permissions for the resource was granted."""
    if not may_read(roles, resource):
        raise denied()
