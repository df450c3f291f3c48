"""Connect tenant: the provider binds what was consented elsewhere, after the same proof."""

import pytest

from pilotage.customers.models import Customer, TenantConnection
from pilotage.kernel.actor import system_actor
from pilotage.kernel.errors import Forbidden
from pilotage.microsoft.errors import MicrosoftError
from pilotage.onboarding.actions.connect_tenant import (
    AlreadyConnected,
    AnotherTenantExpected,
    connect_tenant,
)
from pilotage.onboarding.actions.resolve_expected_domain import resolve_expected_domain
from pilotage.onboarding.errors import TenantTaken
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.cast import World
from tests.onboarding.entra import Browser, Entra, Tenant, token_for
from tests.onboarding.told import events_of, the_event


def test_the_provider_connects(world: World, customer: Customer, tenant: Tenant) -> None:
    tenant.consent()
    connect_tenant(world.owner, customer.id, tenant_id=tenant.tenant_id)
    assert TenantConnection.objects.get().tenant_id == tenant.tenant_id
    assert Onboarding.objects.get().step == "importing"
    assert ActivationLink.objects.get().used_at
    assert Browser().open(token_for(customer)).status_code == 409
    the_event(customer, "tenant.connected")
    with pytest.raises(AlreadyConnected):
        connect_tenant(world.owner, customer.id, tenant_id=tenant.tenant_id)


def test_without_a_consent(world: World, customer: Customer, tenant: Tenant) -> None:
    with pytest.raises(MicrosoftError):
        connect_tenant(world.owner, customer.id, tenant_id=tenant.tenant_id)
    assert not TenantConnection.objects.exists()


def test_a_tenant_that_is_taken(world: World, customer: Customer, tenant: Tenant) -> None:
    tenant.consent()
    connect_tenant(world.owner, customer.id, tenant_id=tenant.tenant_id)
    other = world.add_customer(organization_name="Other")
    with pytest.raises(TenantTaken):
        connect_tenant(world.owner, other.id, tenant_id=tenant.tenant_id)
    assert not events_of(other, "tenant.connected")
    the_event(customer, "tenant.claim_refused")
    the_event(other, "tenant.claim_refused")


def test_another_tenant_than_the_operator_expected(
    world: World, tenant: Tenant, evil: Tenant, entra: Entra
) -> None:
    """Refused before anything is asked or stored; whether the domain was looked up or not."""
    customer = world.add_customer(expected_domain=tenant.domain)
    evil.consent()
    for _ in range(2):
        with pytest.raises(AnotherTenantExpected):
            connect_tenant(world.owner, customer.id, tenant_id=evil.tenant_id)
        resolve_expected_domain(system_actor("onboarding"), customer.id)
    assert not TenantConnection.objects.exists()
    assert ActivationLink.objects.get().used_at is None
    tenant.consent()
    connect_tenant(world.owner, customer.id, tenant_id=tenant.tenant_id)
    assert TenantConnection.objects.get().tenant_id == tenant.tenant_id


def test_partners_may_not(world: World, customer: Customer, tenant: Tenant) -> None:
    for actor in (world.admin, world.stranger):
        with pytest.raises(Forbidden):
            connect_tenant(actor, customer.id, tenant_id=tenant.tenant_id)
