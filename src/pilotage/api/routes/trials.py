"""Trial extensions and the conversion to a production account."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.customers import (
    ConvertToProduction,
    CustomerDetail,
    ExtendTrial,
    ExtensionOut,
    ExtensionPreview,
)
from pilotage.api.schemas.errors import REFUSALS, WRITE_REFUSALS
from pilotage.api.shown import shown_customer
from pilotage.api.versions import wanted_version
from pilotage.customers.actions.convert_to_production import convert_to_production as convert
from pilotage.customers.actions.extend_trial import extend_trial as extend
from pilotage.customers.actions.extend_trial import preview_extend_trial as preview
from pilotage.customers.as_json import extension_as_json
from pilotage.customers.queries import get_customer
from pilotage.customers.queries import list_trial_extensions as rows_of

router = Router(tags=["Trials"])
EXTENSIONS = "/{uuid:customer_id}/trial-extensions"


@router.get(EXTENSIONS, response={200: list[ExtensionOut], **REFUSALS})
def list_trial_extensions(request: ApiRequest, customer_id: UUID) -> list[dict[str, Any]]:
    """The extension ledger, oldest first."""
    get_customer(request.actor, customer_id)
    return [extension_as_json(row) for row in rows_of(request.actor, customer_id)]


@router.get(f"{EXTENSIONS}/preview", response={200: ExtensionPreview, **REFUSALS})
def preview_trial_extension(request: ApiRequest, customer_id: UUID) -> dict[str, Any]:
    """What an extension would do now, or why it cannot be."""
    shown = preview(request.actor, customer_id)
    return {
        "number": shown.number,
        "current_end": shown.current_end.isoformat(),
        "new_end": shown.new_end.isoformat(),
        "expected_end": shown.new_end_day.isoformat(),
        "remaining": shown.remaining,
    }


@router.post(EXTENSIONS, response={201: ExtensionOut, **WRITE_REFUSALS})
def extend_trial(
    request: ApiRequest, customer_id: UUID, body: ExtendTrial
) -> Status[dict[str, Any]]:
    """Extend a trial to exactly the day that the preview showed."""
    extension = extend(
        request.actor, customer_id, expected_end=body.expected_end, reason=body.reason
    )
    return Status(201, extension_as_json(extension))


@router.post("/{uuid:customer_id}/conversion", response={200: CustomerDetail, **WRITE_REFUSALS})
def convert_to_production(
    request: ApiRequest, response: HttpResponse, customer_id: UUID, body: ConvertToProduction
) -> dict[str, Any]:
    """Convert a trial to a production account; If-Match is honoured."""
    convert(
        request.actor,
        customer_id,
        expires_on=body.expires_on,
        sku=body.sku,
        add_ons=body.add_ons,
        version=wanted_version(request),
    )
    return shown_customer(request.actor, response, customer_id)
