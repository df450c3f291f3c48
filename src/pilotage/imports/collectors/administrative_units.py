"""Administrative units (https://learn.microsoft.com/graph/api/directory-list-administrativeunits)."""

from pilotage.directory.models import AdministrativeUnit
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Name, Shape, Text
from pilotage.imports.store.table import table_of


class AdministrativeUnitShape(Shape):
    """An administrative unit."""

    display_name: Name | None = None
    description: Text | None = None
    visibility: Text | None = None
    membership_type: Text | None = None


ADMINISTRATIVE_UNITS = Listing(
    name="administrative_units",
    label="Administrative units",
    resource="/directory/administrativeUnits",
    delta="/directory/administrativeUnits/delta",
    permission="AdministrativeUnit.Read.All",
    also=frozenset({"AdministrativeUnit.ReadWrite.All", "Directory.Read.All"}),
    why="How the organization is divided for its administration.",
    table=table_of(AdministrativeUnit),
    shape=AdministrativeUnitShape,
    is_countable=True,
)
