"""Resolve expected domain: the tenant is known before anybody signs in."""

from uuid import uuid4

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer
from pilotage.kernel.actor import system_actor
from pilotage.onboarding.actions.resolve_expected_domain import resolve_expected_domain
from tests.cast import World
from tests.onboarding.entra import Entra, Tenant
from tests.onboarding.told import events_of, the_event

SYSTEM = system_actor("test")


def test_the_tenant_is_kept(world: World, tenant: Tenant) -> None:
    customer = world.add_customer(expected_domain=tenant.domain.upper())
    resolve_expected_domain(SYSTEM, customer.id)
    customer.refresh_from_db()
    assert customer.expected_tenant_id == tenant.tenant_id
    assert not events_of(customer, "tenant.domain_unknown")


def test_a_domain_of_nobody_is_told(world: World, entra: Entra) -> None:
    customer = world.add_customer(expected_domain="nobody-has-this.example")
    resolve_expected_domain(SYSTEM, customer.id)
    assert Customer.objects.get().expected_tenant_id is None
    the_event(customer, "tenant.domain_unknown")


def test_no_customer(db: None) -> None:
    with pytest.raises(CustomerNotFound):
        resolve_expected_domain(SYSTEM, uuid4())
