"""The activation link, and canceling an onboarding."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.customers import CustomerDetail, LinkOut, ResendLink
from pilotage.api.schemas.errors import WRITE_REFUSALS
from pilotage.api.shown import shown_customer
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding as cancel
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link as copy
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link as resend
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link as revoke

router = Router(tags=["Onboarding"])
LINK = "/{uuid:customer_id}/activation-link"


@router.post(LINK, response={200: LinkOut, **WRITE_REFUSALS})
def copy_activation_link(
    request: ApiRequest, response: HttpResponse, customer_id: UUID
) -> dict[str, Any]:
    """The activation link. A POST, because that it was copied stands in the event log."""
    # The link is derived and stored nowhere; the answer must not be kept either.
    response.holds_secret = True  # type: ignore[attr-defined]
    return {"activation_link": copy(request.actor, customer_id)}


@router.delete(LINK, response={200: CustomerDetail, **WRITE_REFUSALS})
def revoke_activation_link(
    request: ApiRequest, response: HttpResponse, customer_id: UUID
) -> dict[str, Any]:
    """Revoke the activation link: it stops working at once."""
    revoke(request.actor, customer_id)
    return shown_customer(request.actor, response, customer_id)


@router.post(f"{LINK}/resend", response={200: CustomerDetail, **WRITE_REFUSALS})
def resend_activation_link(
    request: ApiRequest, response: HttpResponse, customer_id: UUID, body: ResendLink
) -> dict[str, Any]:
    """Mail a new link; the earlier one stops working."""
    resend(request.actor, customer_id, to=body.to)
    return shown_customer(request.actor, response, customer_id)


@router.post(
    "/{uuid:customer_id}/cancel-onboarding", response={200: CustomerDetail, **WRITE_REFUSALS}
)
def cancel_onboarding(
    request: ApiRequest, response: HttpResponse, customer_id: UUID
) -> dict[str, Any]:
    """Stop the onboarding: link and running import end at once, the history stays."""
    cancel(request.actor, customer_id)
    return shown_customer(request.actor, response, customer_id)
