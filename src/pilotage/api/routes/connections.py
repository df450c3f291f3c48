"""Connections to tenants: how they are, and looking at one now."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.connections import TenantConnectionOut, TenantConnectionPage
from pilotage.api.schemas.errors import REFUSALS, WRITE_REFUSALS
from pilotage.api.schemas.values import Cursor, Limit
from pilotage.customers.connections import get_connection as find
from pilotage.customers.connections import list_connections as rows_of
from pilotage.customers.queries import get_customer
from pilotage.kernel.pagination import paginate
from pilotage.onboarding.actions.probe_connection import probe_connection as probe
from pilotage.onboarding.connections import connection_as_json

router = Router(tags=["Connections"])
ONE = "/customers/{uuid:customer_id}/connection"


@router.get("/connections", response={200: TenantConnectionPage, **REFUSALS})
def list_connections(
    request: ApiRequest, state: str = "", cursor: Cursor = "", limit: Limit = 50
) -> dict[str, Any]:
    """All connections; `state=troubled` is the worklist of those that are not `connected`."""
    rows = rows_of(request.actor, state=state)
    page = paginate(rows, order="-state_since", cursor=cursor, size=limit)
    items = [connection_as_json(row) for row in page.rows]
    return {"items": items, "next": page.next, "previous": page.previous}


@router.get(ONE, response={200: TenantConnectionOut, **REFUSALS})
def get_connection(request: ApiRequest, customer_id: UUID) -> dict[str, Any]:
    """One customer's connection, with its permissions."""
    get_customer(request.actor, customer_id)
    return connection_as_json(find(request.actor, customer_id))


@router.post(f"{ONE}/check", response={202: TenantConnectionOut, **WRITE_REFUSALS})
def probe_connection(request: ApiRequest, customer_id: UUID) -> Status[dict[str, Any]]:
    """Look at the tenant now; done when `check_requested_at` is null again."""
    return Status(202, connection_as_json(probe(request.actor, customer_id)))
