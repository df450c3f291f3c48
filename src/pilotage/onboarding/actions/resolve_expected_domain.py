"""Resolve expected domain: which tenant the operator meant, found out before anybody signs in."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer, lock_customer
from pilotage.events.record import record
from pilotage.kernel.actor import Actor
from pilotage.microsoft.identity import resolve_tenant


def resolve_expected_domain(actor: Actor, customer_id: UUID) -> Customer:
    """Look the domain up at Microsoft and keep its tenant id; tell when there is no tenant.

    The guard at the sign-in holds either way: without an id it looks the domain up again and lets
    nobody through whose tenant is another. Raises an IdentityError when Microsoft does not answer.
    """
    customer = get_customer(actor, customer_id)
    if not customer.expected_domain or customer.expected_tenant_id is not None:
        return customer
    tenant_id = resolve_tenant(settings.MICROSOFT, customer.expected_domain)
    with transaction.atomic():
        customer = lock_customer(actor, customer_id)
        if tenant_id is None:
            record(
                actor,
                "tenant.domain_unknown",
                customer=customer,
                message=f"Microsoft knows no tenant with the domain {customer.expected_domain}",
                details={"domain": customer.expected_domain},
            )
        else:
            customer.expected_tenant_id = tenant_id
            customer.save(update_fields=["expected_tenant_id"])
    return customer
