"""Users, groups and devices of a customer: searched, narrowed, page by page."""

from pilotage.directory.lists.devices import DEVICES
from pilotage.directory.lists.groups import GROUPS
from pilotage.directory.lists.kind import Kind
from pilotage.directory.lists.users import USERS

KINDS = {kind.name: kind for kind in (USERS, GROUPS, DEVICES)}

__all__ = ["DEVICES", "GROUPS", "KINDS", "USERS", "Kind"]
