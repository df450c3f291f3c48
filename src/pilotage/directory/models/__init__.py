"""Tables of what was imported. Every one begins with the customer, also in its primary key."""

from pilotage.directory.models.administrative_units import (
    AdministrativeUnit,
    AdministrativeUnitMember,
)
from pilotage.directory.models.app_role_assignments import AppRoleAssignment
from pilotage.directory.models.devices import Device
from pilotage.directory.models.groups import Group, Membership
from pilotage.directory.models.people import User
from pilotage.directory.models.roles import DirectoryRole, RoleMember
from pilotage.directory.models.seat_count import SeatCount
from pilotage.directory.models.service_principals import ServicePrincipal
from pilotage.directory.models.sign_in_activity import SignInActivity
from pilotage.directory.models.tenant import Domain, Organization, SubscribedSku

__all__ = [
    "AdministrativeUnit",
    "AdministrativeUnitMember",
    "AppRoleAssignment",
    "Device",
    "DirectoryRole",
    "Domain",
    "Group",
    "Membership",
    "Organization",
    "RoleMember",
    "SeatCount",
    "ServicePrincipal",
    "SignInActivity",
    "SubscribedSku",
    "User",
]
