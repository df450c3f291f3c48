"""What the import has read of a customer's tenant."""

from typing import Any
from uuid import UUID

from ninja import Query, Router

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.directory import (
    DeviceDetailsOut,
    DevicePage,
    GroupDetailsOut,
    GroupPage,
    InsightsOut,
    LicenceOut,
    ListFilters,
    SeatsOut,
    UserDetailsOut,
    UserPage,
)
from pilotage.api.schemas.errors import REFUSALS
from pilotage.api.schemas.values import Limit
from pilotage.directory.as_json import (
    details_as_json,
    insights_as_json,
    licence_as_json,
    object_as_json,
    seats_as_json,
)
from pilotage.directory.details import get_details
from pilotage.directory.licences import insights, list_licences
from pilotage.directory.list_objects import Wanted, list_objects
from pilotage.directory.lists import DEVICES, GROUPS, USERS, Kind
from pilotage.directory.products import product_names
from pilotage.directory.seats import list_seats

router = Router(tags=["Directory"])
OF = "/{uuid:customer_id}/directory"


@router.get(f"{OF}/users", response={200: UserPage, **REFUSALS})
def list_users(
    request: ApiRequest, customer_id: UUID, filters: Query[ListFilters], limit: Limit = 50
) -> dict[str, Any]:
    """Users by name, guests and blocked accounts included."""
    return _page(request, customer_id, USERS, filters, limit)


@router.get(f"{OF}/users/{{path:object_id}}", response={200: UserDetailsOut, **REFUSALS})
def get_user(request: ApiRequest, customer_id: UUID, object_id: str) -> dict[str, Any]:
    """One user with groups and roles."""
    return _details(request, customer_id, USERS, object_id)


@router.get(f"{OF}/groups", response={200: GroupPage, **REFUSALS})
def list_groups(
    request: ApiRequest, customer_id: UUID, filters: Query[ListFilters], limit: Limit = 50
) -> dict[str, Any]:
    """Groups by name."""
    return _page(request, customer_id, GROUPS, filters, limit)


@router.get(f"{OF}/groups/{{path:object_id}}", response={200: GroupDetailsOut, **REFUSALS})
def get_group(request: ApiRequest, customer_id: UUID, object_id: str) -> dict[str, Any]:
    """One group with its direct members."""
    return _details(request, customer_id, GROUPS, object_id)


@router.get(f"{OF}/devices", response={200: DevicePage, **REFUSALS})
def list_devices(
    request: ApiRequest, customer_id: UUID, filters: Query[ListFilters], limit: Limit = 50
) -> dict[str, Any]:
    """Devices by name."""
    return _page(request, customer_id, DEVICES, filters, limit)


@router.get(f"{OF}/devices/{{path:object_id}}", response={200: DeviceDetailsOut, **REFUSALS})
def get_device(request: ApiRequest, customer_id: UUID, object_id: str) -> dict[str, Any]:
    """One device with its groups."""
    return _details(request, customer_id, DEVICES, object_id)


@router.get(f"{OF}/licences", response={200: list[LicenceOut], **REFUSALS})
def licences(request: ApiRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """What has been bought, who holds it, and what of it is wasted."""
    return [licence_as_json(one) for one in list_licences(request.actor, customer_id)]


@router.get(f"{OF}/insights", response={200: InsightsOut, **REFUSALS})
def get_insights(request: ApiRequest, customer_id: UUID) -> dict[str, Any]:
    """Licence waste and unused accounts of the whole tenant."""
    return insights_as_json(insights(request.actor, customer_id))


@router.get(f"{OF}/seats", response={200: list[SeatsOut], **REFUSALS})
def get_seats(request: ApiRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """The seats used in the last 90 days, day by day, oldest first."""
    return seats_as_json(list_seats(request.actor, customer_id))


def _page(
    request: ApiRequest, customer_id: UUID, kind: Kind, filters: ListFilters, limit: int
) -> dict[str, Any]:
    wanted = Wanted(filters.search, filters.show, filters.licence)
    page = list_objects(request.actor, customer_id, kind, wanted, cursor=filters.cursor, size=limit)
    products = product_names(customer_id)
    items = [object_as_json(row, products) for row in page.rows]
    return {"items": items, "next": page.next, "previous": page.previous}


def _details(request: ApiRequest, customer_id: UUID, kind: Kind, object_id: str) -> dict[str, Any]:
    details = get_details(request.actor, customer_id, kind, object_id)
    return details_as_json(details, product_names(customer_id))
