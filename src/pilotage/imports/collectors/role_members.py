"""Who holds which role (https://learn.microsoft.com/graph/api/directoryrole-list-members)."""

from pilotage.directory.models import RoleMember
from pilotage.imports.collectors.collector import Members
from pilotage.imports.store.table import table_of

ROLE_MEMBERS = Members(
    name="role_members",
    label="Role members",
    resource="/directoryRoles",
    of="directory_roles",
    permission="RoleManagement.Read.Directory",
    also=frozenset({"RoleManagement.Read.All", "Directory.Read.All"}),
    why="Who is an administrator.",
    table=table_of(RoleMember),
    top=0,
    weight=2,
)
