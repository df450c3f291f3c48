"""What belongs to which administrative unit.

Source: https://learn.microsoft.com/graph/api/administrativeunit-list-members
"""

from pilotage.directory.models import AdministrativeUnitMember
from pilotage.imports.collectors.collector import Members
from pilotage.imports.store.table import table_of

ADMINISTRATIVE_UNIT_MEMBERS = Members(
    name="administrative_unit_members",
    label="Administrative unit members",
    resource="/directory/administrativeUnits",
    of="administrative_units",
    delta="/directory/administrativeUnits/delta",
    permission="AdministrativeUnit.Read.All",
    also=frozenset({"AdministrativeUnit.ReadWrite.All", "Directory.Read.All"}),
    why="Which users, groups and devices belong to which administrative unit.",
    table=table_of(AdministrativeUnitMember),
    weight=4,
)
