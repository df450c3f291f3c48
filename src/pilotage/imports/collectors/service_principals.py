"""Service principals (https://learn.microsoft.com/graph/api/serviceprincipal-list)."""

from pilotage.directory.models import ServicePrincipal
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Name, Shape, Text
from pilotage.imports.store.table import table_of


class ServicePrincipalShape(Shape, gc=False):
    """A service principal."""

    app_id: Text | None = None
    display_name: Name | None = None
    account_enabled: bool | None = None
    service_principal_type: Text | None = None
    app_owner_organization_id: Text | None = None


SERVICE_PRINCIPALS = Listing(
    name="service_principals",
    label="Service principals",
    resource="/servicePrincipals",
    permission="Application.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="Which applications have access to the organization.",
    table=table_of(ServicePrincipal),
    shape=ServicePrincipalShape,
    rest=("signInAudience", "tags"),
    delta="/servicePrincipals/delta",
    is_countable=True,
    weight=5,
)
