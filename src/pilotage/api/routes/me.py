"""Who am I, and what may I sell."""

from typing import Any
from uuid import UUID

from ninja import Router

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.errors import REFUSALS
from pilotage.api.schemas.log import MeOut, SkuOut
from pilotage.catalog.as_json import sku_as_json
from pilotage.catalog.queries import sellable_skus

router = Router(tags=["You"])


@router.get("/me", response={200: MeOut, **REFUSALS})
def get_me(request: ApiRequest) -> dict[str, Any]:
    """Who you are to the API."""
    actor = request.actor
    return {
        "kind": actor.kind.value,
        "id": actor.id,
        "name": actor.name,
        "role": actor.role.value,
        "partner_id": str(actor.partner_id) if actor.partner_id else None,
        "is_provider": actor.is_provider,
    }


@router.get("/skus", response={200: list[SkuOut], **REFUSALS})
def list_skus(request: ApiRequest, partner_id: UUID | None = None) -> list[dict[str, Any]]:
    """The SKUs that a partner (yours, unless you name another) may sell, with fitting add-ons."""
    owner = partner_id or request.actor.partner_id
    if owner is None:
        return []
    return [sku_as_json(sku) for sku in sellable_skus(request.actor, owner)]
