"""Suspend and resume."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.customers import CustomerDetail, ReasonIn
from pilotage.api.schemas.errors import WRITE_REFUSALS
from pilotage.api.shown import shown_customer
from pilotage.customers.actions.resume import resume as resume_customer
from pilotage.customers.actions.suspend import suspend as suspend_customer

router = Router(tags=["Customers"])


@router.post("/{uuid:customer_id}/suspend", response={200: CustomerDetail, **WRITE_REFUSALS})
def suspend(
    request: ApiRequest, response: HttpResponse, customer_id: UUID, body: ReasonIn
) -> dict[str, Any]:
    """Suspend for one reason: no import and no entitlement; everything stays readable."""
    suspend_customer(request.actor, customer_id, reason=body.reason)
    return shown_customer(request.actor, response, customer_id)


@router.post("/{uuid:customer_id}/resume", response={200: CustomerDetail, **WRITE_REFUSALS})
def resume(
    request: ApiRequest, response: HttpResponse, customer_id: UUID, body: ReasonIn
) -> dict[str, Any]:
    """Take away one reason; the customer is active again when none is left."""
    resume_customer(request.actor, customer_id, reason=body.reason)
    return shown_customer(request.actor, response, customer_id)
