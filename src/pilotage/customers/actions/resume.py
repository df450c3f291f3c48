"""Resume: take away one reason for which a customer is suspended."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.errors import NotSuspended
from pilotage.customers.models import Customer
from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role


@transaction.atomic
def resume(actor: Actor, customer_id: UUID, *, reason: str) -> Customer:
    """Remove one reason; the customer is active again when none is left. Raises NotSuspended."""
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, customer_id)
    if reason not in customer.suspended_reasons:
        raise NotSuspended
    customer.suspended_reasons = [r for r in customer.suspended_reasons if r != reason]
    customer.version += 1
    customer.save(update_fields=["suspended_reasons", "version"])
    record(
        actor,
        "customer.resumed",
        customer=customer,
        message=f"Resumed; no longer suspended for: {reason}",
        details={"reason": reason, "left": customer.suspended_reasons},
    )
    return customer
