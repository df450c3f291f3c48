"""Tables of what was imported. Every one begins with the customer, also in its primary key."""

from pilotage.directory.models.devices import Device
from pilotage.directory.models.groups import Group, Membership
from pilotage.directory.models.people import User
from pilotage.directory.models.roles import DirectoryRole, RoleMember
from pilotage.directory.models.seat_count import SeatCount
from pilotage.directory.models.service_principals import ServicePrincipal
from pilotage.directory.models.tenant import Domain, Organization, SubscribedSku

__all__ = [
    "Device",
    "DirectoryRole",
    "Domain",
    "Group",
    "Membership",
    "Organization",
    "RoleMember",
    "SeatCount",
    "ServicePrincipal",
    "SubscribedSku",
    "User",
]
