"""Convert to production account: a new end date, SKU and add-ons, checked as one change."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from pilotage.catalog.queries import check_plan
from pilotage.customers.lifecycle import check_convert, check_future
from pilotage.customers.models import AccountType, Customer
from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role


@transaction.atomic
def convert_to_production(
    actor: Actor,
    customer_id: UUID,
    *,
    expires_on: date,
    sku: str,
    add_ons: Iterable[str] = (),
    version: int | None = None,
) -> Customer:
    """Make a trial a production account with full access until the end of `expires_on`.

    Same customer, same history. Raises AlreadyProduction, SourceNotMsp, CustomerTerminated,
    DateNotInFuture, VersionChanged, or Invalid for SKU and add-ons.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, customer_id, version=version)
    check_convert(customer.terms)
    end = check_future(clock.end_of_day(expires_on, customer.partner.time_zone), clock.now())
    plan = check_plan(actor, customer.partner_id, sku, add_ons)
    old_end, old_sku = customer.expires_at, customer.sku
    customer.account_type = AccountType.PRODUCTION
    customer.converted_at = clock.now()
    customer.expires_at, customer.sku = end, plan.sku
    customer.version += 1
    customer.save()
    customer.add_ons.set(plan.add_ons)
    record(
        actor,
        "customer.converted",
        customer=customer,
        message=f"Converted to production with {plan.sku.name} until {expires_on:%-d %b %Y}",
        details={
            "old_end": old_end.isoformat(),
            "new_end": end.isoformat(),
            "old_sku": old_sku.code,
            "sku": plan.sku.code,
            "add_ons": [a.code for a in plan.add_ons],
        },
    )
    return customer
