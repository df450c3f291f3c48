"""Who is in which group (https://learn.microsoft.com/graph/api/group-list-members).

All groups in one chain of changes where Graph offers it, else group by group.
"""

from pilotage.directory.models import Membership
from pilotage.imports.collectors.collector import Members
from pilotage.imports.store.table import table_of

MEMBERSHIPS = Members(
    name="memberships",
    label="Group memberships",
    resource="/groups",
    of="groups",
    delta="/groups/delta",
    permission="GroupMember.Read.All",
    also=frozenset({"Group.Read.All", "Directory.Read.All"}),
    why="Who is in which group.",
    table=table_of(Membership),
    weight=25,
)
