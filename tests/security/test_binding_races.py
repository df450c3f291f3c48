"""Many at once: exactly one wins, and nothing is left half done."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connections

from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.models import ImportRun
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.prove_consent import prove_consent
from pilotage.onboarding.models import ActivationLink, ActivationSession
from pilotage.onboarding.sessions import new_session
from tests.cast import World
from tests.onboarding.entra import Tenant

pytestmark = pytest.mark.django_db(transaction=True)


def consented_session(customer: Customer, tenant: Tenant) -> UUID:
    """A session of the right admin that has come back from the consent."""
    session, _ = new_session(ActivationLink.objects.get(customer=customer))
    ActivationSession.objects.filter(id=session.id).update(
        admin_tenant_id=tenant.tenant_id,
        admin_oid=tenant.oids["admin"],
        admin_name="Ada Admin",
        admin_username=tenant.person("admin"),
        signed_in_at=clock.now(),
        consent_returned_at=clock.now(),
    )
    return session.id


def prove_all(sessions: list[UUID]) -> None:
    def prove(session_id: UUID) -> None:
        try:
            prove_consent(system_actor("onboarding"), session_id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sessions)) as pool:
        list(pool.map(prove, sessions))


def test_thirty_redemptions_of_one_link(world: World, tenant: Tenant) -> None:
    tenant.consent()
    customer = world.add_customer()
    prove_all([consented_session(customer, tenant) for _ in range(30)])
    assert TenantConnection.objects.count() == 1
    assert ImportRun.objects.count() == 1
    assert Event.objects.filter(name="tenant.bound").count() == 1
    assert Mail.objects.filter(kind="bound").count() == 2


def test_twenty_claims_of_one_tenant(world: World, tenant: Tenant) -> None:
    tenant.consent()
    customers = [
        world.add_customer(
            world.editor if number % 2 else world.stranger, organization_name=f"Claim {number}"
        )
        for number in range(20)
    ]
    prove_all([consented_session(customer, tenant) for customer in customers])
    connection = TenantConnection.objects.get()
    assert ImportRun.objects.get().customer_id == connection.customer_id
    used = ActivationLink.objects.filter(used_at__isnull=False)
    assert [link.customer_id for link in used] == [connection.customer_id]
    assert Event.objects.filter(name="tenant.bound").count() == 1
    lost = Event.objects.filter(name="consent.not_proven", details__reason="tenant_taken")
    assert lost.count() == 19
