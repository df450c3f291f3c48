"""Groups (https://learn.microsoft.com/graph/api/group-list)."""

from pilotage.directory.models import Group
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Moment, Name, Shape, Text, Words, named
from pilotage.imports.store.table import table_of


class GroupShape(Shape, gc=False):
    """A group."""

    display_name: Name | None = None
    mail: Name | None = None
    mail_enabled: bool | None = None
    security_enabled: bool | None = None
    group_types: Words | None = None
    visibility: Text | None = None
    is_assignable_to_role: bool | None = None
    created_at: Moment | None = named("createdDateTime")
    is_synced: bool | None = named("onPremisesSyncEnabled")


GROUPS = Listing(
    name="groups",
    label="Groups",
    resource="/groups",
    permission="GroupMember.Read.All",
    also=frozenset({"Group.Read.All", "Directory.Read.All"}),
    why="Groups of the organization.",
    table=table_of(Group),
    shape=GroupShape,
    rest=("description", "membershipRule"),
    delta="/groups/delta",
    is_countable=True,
    weight=12,
)
