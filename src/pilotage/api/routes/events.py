"""Events of one customer, and of all that the actor may see."""

from typing import Any
from uuid import UUID

from ninja import Router

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.errors import REFUSALS
from pilotage.api.schemas.log import EventPage
from pilotage.api.schemas.values import Cursor, EventName, Limit
from pilotage.customers.queries import get_customer
from pilotage.events.queries import list_events as rows_of
from pilotage.kernel.pagination import paginate

router = Router(tags=["Events"])


@router.get("/events", response={200: EventPage, **REFUSALS})
def list_events(
    request: ApiRequest,
    name: EventName = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Events that you may see, newest first; `name` is one kind, such as customer.added."""
    return _page(request, None, name, cursor, limit)


@router.get("/customers/{uuid:customer_id}/events", response={200: EventPage, **REFUSALS})
def list_customer_events(
    request: ApiRequest,
    customer_id: UUID,
    name: EventName = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """The event log of one customer, newest first."""
    get_customer(request.actor, customer_id)
    return _page(request, customer_id, name, cursor, limit)


def _page(
    request: ApiRequest, customer_id: UUID | None, name: str, cursor: str, limit: int
) -> dict[str, Any]:
    rows = rows_of(request.actor, customer_id=customer_id, name=name)
    page = paginate(rows, order="-at", cursor=cursor, size=limit)
    items = [event.as_json() for event in page.rows]
    return {"items": items, "next": page.next, "previous": page.previous}
