"""Connect tenant: the provider binds a tenant whose admin has consented elsewhere."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import find_connection, get_customer
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import Conflict
from pilotage.microsoft.proof import Proof
from pilotage.onboarding.bind import BoundBy, bind_tenant
from pilotage.onboarding.checks import check_can_cancel
from pilotage.onboarding.errors import TenantTaken
from pilotage.onboarding.guard import is_expected, tell_claim_refused
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.proof import prove_tenant


class AlreadyConnected(Conflict):
    """This customer is connected to a tenant already."""


class AnotherTenantExpected(Conflict):
    """The expected domain that was given for this customer belongs to another tenant. Check the
    tenant id; if it is right, cancel this onboarding and add the customer with the right domain.
    """


def connect_tenant(actor: Actor, customer_id: UUID, *, tenant_id: UUID) -> Customer:
    """Bind `tenant_id` after the same app-only proof; only the admin's sign-in is left out.

    Provider only, audited. Raises AlreadyConnected, AlreadyOnboarded, AnotherTenantExpected,
    TenantTaken, or what the proof says (MissingPermissions, ConsentMissing, TenantMismatch …).
    """
    actor.require_provider()
    customer = get_customer(actor, customer_id)
    _check(customer)
    if not is_expected(customer, tenant_id):
        raise AnotherTenantExpected(details={"tenant_id": str(tenant_id)})
    proof = prove_tenant(tenant_id, None)
    try:
        return _bind(actor, customer_id, proof)
    except TenantTaken:
        tell_claim_refused(customer, tenant_id)
        raise


def _check(customer: Customer) -> None:
    if find_connection(customer) is not None:
        raise AlreadyConnected


@transaction.atomic
def _bind(actor: Actor, customer_id: UUID, proof: Proof) -> Customer:
    locked = lock_onboarding(actor, customer_id)
    check_can_cancel(locked.customer, locked.onboarding)
    _check(locked.customer)
    locked.link.used_at = locked.link.consented_at = clock.now()
    locked.link.save(update_fields=["used_at", "consented_at"])
    record(
        actor,
        "tenant.connected",
        customer=locked.customer,
        message=f"Tenant {proof.tenant_id} connected by {actor.name} without an activation link",
        details={"tenant_id": str(proof.tenant_id)},
    )
    bind_tenant(actor, locked, proof, BoundBy(actor.name))
    return locked.customer
