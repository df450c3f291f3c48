"""All collectors, in the order in which a run works through them."""

from pilotage.imports.collectors.administrative_unit_members import ADMINISTRATIVE_UNIT_MEMBERS
from pilotage.imports.collectors.administrative_units import ADMINISTRATIVE_UNITS
from pilotage.imports.collectors.app_role_assignments import APP_ROLE_ASSIGNMENTS
from pilotage.imports.collectors.collector import Collector
from pilotage.imports.collectors.devices import DEVICES
from pilotage.imports.collectors.directory_roles import DIRECTORY_ROLES
from pilotage.imports.collectors.domains import DOMAINS
from pilotage.imports.collectors.groups import GROUPS
from pilotage.imports.collectors.memberships import MEMBERSHIPS
from pilotage.imports.collectors.organization import ORGANIZATION
from pilotage.imports.collectors.role_members import ROLE_MEMBERS
from pilotage.imports.collectors.service_principals import SERVICE_PRINCIPALS
from pilotage.imports.collectors.sign_in_activity import SIGN_IN_ACTIVITY
from pilotage.imports.collectors.subscribed_skus import SUBSCRIBED_SKUS
from pilotage.imports.collectors.users import USERS

COLLECTORS: tuple[Collector, ...] = (
    ORGANIZATION,
    DOMAINS,
    SUBSCRIBED_SKUS,
    USERS,
    GROUPS,
    MEMBERSHIPS,
    DIRECTORY_ROLES,
    ROLE_MEMBERS,
    DEVICES,
    SERVICE_PRINCIPALS,
    APP_ROLE_ASSIGNMENTS,
    ADMINISTRATIVE_UNITS,
    ADMINISTRATIVE_UNIT_MEMBERS,
    SIGN_IN_ACTIVITY,
)
BY_NAME = {collector.name: collector for collector in COLLECTORS}

# What the import application asks for, and what a consent has to cover to count.
ALL_PERMISSIONS = frozenset(collector.permission for collector in COLLECTORS)
REQUIRED_PERMISSIONS = frozenset(c.permission for c in COLLECTORS if c.is_required)


def missing_permissions(granted: frozenset[str]) -> frozenset[str]:
    """The permissions that the required collectors still lack; a broader one counts as well."""
    needed = (c for c in COLLECTORS if c.is_required)
    return frozenset(c.permission for c in needed if c.permissions.isdisjoint(granted))
