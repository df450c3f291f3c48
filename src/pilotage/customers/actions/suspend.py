"""Suspend: no import and no entitlement; everything stays readable."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.errors import CustomerTerminated
from pilotage.customers.models import Customer
from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import invalid


@transaction.atomic
def suspend(actor: Actor, customer_id: UUID, *, reason: str) -> Customer:
    """Add one reason to the set for which the customer is suspended; twice is once."""
    actor.require(Role.EDITOR)
    reason = reason.strip()
    if not reason or len(reason) > 40:
        raise invalid("reason", "Give a reason of 1 to 40 characters.")
    customer = lock_customer(actor, customer_id)
    if customer.terminated_at:
        raise CustomerTerminated
    if reason in customer.suspended_reasons:
        return customer
    customer.suspended_reasons = [*customer.suspended_reasons, reason]
    customer.version += 1
    customer.save(update_fields=["suspended_reasons", "version"])
    record(
        actor,
        "customer.suspended",
        customer=customer,
        message=f"Suspended: {reason}",
        details={"reason": reason},
    )
    return customer
