"""Who has which role of which application.

Source: https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto
"""

from pilotage.directory.models import AppRoleAssignment
from pilotage.imports.collectors.collector import Below
from pilotage.imports.collectors.shapes import Id, Moment, Shape, Text, named
from pilotage.imports.store.table import table_of


class AppRoleAssignmentShape(Shape):
    """An assignment; names are not asked for, they come with the users, groups and applications."""

    resource_id: Id
    principal_id: Id
    principal_type: Text | None = None
    app_role_id: Text | None = None
    created_at: Moment | None = named("createdDateTime")


APP_ROLE_ASSIGNMENTS = Below(
    name="app_role_assignments",
    label="Application role assignments",
    resource="/servicePrincipals",
    of="service_principals",
    below="appRoleAssignedTo",
    permission="Application.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="Who may use which application, and what applications may do.",
    table=table_of(AppRoleAssignment),
    shape=AppRoleAssignmentShape,
    weight=6,
    nights_between=3,
)
