"""The tenant's domains (https://learn.microsoft.com/graph/api/domain-list)."""

from pilotage.directory.models import Domain
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Shape, Text, Words
from pilotage.imports.store.table import table_of


class DomainShape(Shape):
    """A domain; its id is its name."""

    is_default: bool | None = None
    is_initial: bool | None = None
    is_verified: bool | None = None
    authentication_type: Text | None = None
    supported_services: Words | None = None


DOMAINS = Listing(
    name="domains",
    label="Domains",
    resource="/domains",
    permission="Domain.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="Which mail and sign-in domains the organization has.",
    table=table_of(Domain),
    shape=DomainShape,
    top=0,
    is_required=True,
    is_never_empty=True,
)
