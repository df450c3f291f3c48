"""Active directory roles (https://learn.microsoft.com/graph/api/directoryrole-list)."""

from pilotage.directory.models import DirectoryRole
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Name, Shape, Text
from pilotage.imports.store.table import table_of


class DirectoryRoleShape(Shape):
    """A role; the resource does not page."""

    display_name: Name | None = None
    description: Text | None = None
    role_template_id: Text | None = None


DIRECTORY_ROLES = Listing(
    name="directory_roles",
    label="Directory roles",
    resource="/directoryRoles",
    permission="RoleManagement.Read.Directory",
    also=frozenset({"RoleManagement.Read.All", "Directory.Read.All"}),
    why="Which administrator roles are in use.",
    table=table_of(DirectoryRole),
    shape=DirectoryRoleShape,
    top=0,
)
