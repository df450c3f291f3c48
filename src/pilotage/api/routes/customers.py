"""/customers: list, add, show, edit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.customers import (
    AddCustomer,
    CustomerDetail,
    CustomerFilters,
    CustomerPage,
    EditCustomer,
)
from pilotage.api.schemas.errors import REFUSALS, WRITE_REFUSALS
from pilotage.api.shown import shown_customer
from pilotage.api.versions import wanted_version
from pilotage.customers.actions.edit_customer import edit_customer as edit
from pilotage.customers.filters import check_sort, narrowed
from pilotage.customers.queries import get_customer as find
from pilotage.customers.queries import list_customers as rows_of
from pilotage.kernel import clock
from pilotage.kernel.errors import invalid
from pilotage.kernel.pagination import paginate
from pilotage.onboarding.actions.add_customer import add_customer as add
from pilotage.onboarding.as_json import customer_as_json

router = Router(tags=["Customers"])


@router.get("", response={200: CustomerPage, **REFUSALS})
def list_customers(request: ApiRequest, asked: Query[CustomerFilters]) -> dict[str, Any]:
    """Customers that you may see. `pending=true` and `pending=false` are the two tabs; `sort` is
    organization_name, expires_at, created_at or seats_used, with - in front for descending.
    """
    rows = rows_of(request.actor, pending=asked.pending)
    rows = narrowed(
        rows.select_related("onboarding", "sku", "partner"),
        now=clock.now(),
        search=asked.search,
        status=asked.status,
        account_type=asked.account_type,
        source=asked.source,
        sku=asked.sku,
    )
    page = paginate(rows, order=check_sort(asked.sort), cursor=asked.cursor, size=asked.limit)
    items = [customer_as_json(customer) for customer in page.rows]
    return {"items": items, "next": page.next, "previous": page.previous}


@router.post("", response={201: CustomerDetail, **WRITE_REFUSALS})
def add_customer(
    request: ApiRequest, response: HttpResponse, body: AddCustomer
) -> Status[dict[str, Any]]:
    """Add a customer as a trial; the activation link goes to the notification email."""
    partner_id = body.partner_id or request.actor.partner_id
    if partner_id is None:
        raise invalid("partner_id", "Say which partner the customer is for.")
    customer = add(
        request.actor,
        partner_id=partner_id,
        organization_name=body.organization_name,
        notification_email=body.notification_email,
        sku=body.sku,
        add_ons=body.add_ons,
        expected_domain=body.expected_domain,
    )
    response["Location"] = f"/api/v1/customers/{customer.id}"
    return Status(201, shown_customer(request.actor, response, customer.id))


@router.get("/{uuid:customer_id}", response={200: CustomerDetail, **REFUSALS})
def get_customer(request: ApiRequest, response: HttpResponse, customer_id: UUID) -> dict[str, Any]:
    """One customer with its allowed actions; the ETag is its version."""
    return shown_customer(request.actor, response, customer_id)


@router.patch("/{uuid:customer_id}", response={200: CustomerDetail, **WRITE_REFUSALS})
def edit_customer(
    request: ApiRequest, response: HttpResponse, customer_id: UUID, body: EditCustomer
) -> dict[str, Any]:
    """Edit a production account. Send the ETag that you were shown as If-Match."""
    version = wanted_version(request, is_needed=True)
    present = find(request.actor, customer_id)
    edit(
        request.actor,
        customer_id,
        expires_on=body.expires_on or clock.day_in(present.expires_at, present.partner.time_zone),
        sku=body.sku if body.sku is not None else present.sku.code,
        add_ons=body.add_ons
        if body.add_ons is not None
        else [add_on.code for add_on in present.add_ons.all()],
        # What was left out is taken from `present`, so that is the version to be changed.
        version=version if version is not None else present.version,
    )
    return shown_customer(request.actor, response, customer_id)
