"""The tenant's entry about itself (https://learn.microsoft.com/graph/api/organization-list)."""

from pilotage.directory.models import Organization
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Moment, Name, Shape, Text, Words, named
from pilotage.imports.store.table import table_of


class OrganizationShape(Shape):
    """An organization."""

    display_name: Name | None = None
    tenant_type: Text | None = None
    country_code: Text | None = named("countryLetterCode")
    preferred_language: Text | None = None
    created_at: Moment | None = named("createdDateTime")
    is_synced: bool | None = named("onPremisesSyncEnabled")
    technical_mails: Words | None = named("technicalNotificationMails")


ORGANIZATION = Listing(
    name="organization",
    label="Organization",
    resource="/organization",
    permission="Organization.Read.All",
    also=frozenset({"Directory.Read.All"}),
    why="Name and address of the organization, so that everybody knows which tenant this is.",
    table=table_of(Organization),
    shape=OrganizationShape,
    top=0,
    is_required=True,
    is_never_empty=True,
)
