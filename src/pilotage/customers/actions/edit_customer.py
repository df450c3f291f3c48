"""Edit customer: new expiration date, SKU and add-ons of a production account."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from pilotage.catalog.queries import check_plan
from pilotage.customers.lifecycle import check_edit, check_future
from pilotage.customers.models import Customer
from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role


@transaction.atomic
def edit_customer(
    actor: Actor,
    customer_id: UUID,
    *,
    expires_on: date,
    sku: str,
    add_ons: Iterable[str] = (),
    version: int | None = None,
) -> Customer:
    """Set end date (end of that day in the partner's time zone), SKU and add-ons.

    Raises NotProduction, SourceNotMsp, CustomerTerminated, DateNotInFuture, VersionChanged, or
    Invalid for SKU and add-ons.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, customer_id, version=version)
    check_edit(customer.terms)
    end = check_future(clock.end_of_day(expires_on, customer.partner.time_zone), clock.now())
    plan = check_plan(actor, customer.partner_id, sku, add_ons)
    before = _terms(customer)
    customer.expires_at, customer.sku = end, plan.sku
    customer.version += 1
    customer.save()
    customer.add_ons.set(plan.add_ons)
    record(
        actor,
        "customer.edited",
        customer=customer,
        message=f"Edited: {plan.sku.name} until {expires_on:%-d %b %Y}",
        details={"before": before, "after": _terms(customer)},
    )
    return customer


def _terms(customer: Customer) -> dict[str, object]:
    return {
        "expires_at": customer.expires_at.isoformat(),
        "sku": customer.sku.code,
        "add_ons": sorted(customer.add_ons.values_list("code", flat=True)),
    }
