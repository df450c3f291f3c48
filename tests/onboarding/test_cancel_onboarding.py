"""Cancel onboarding: link and import stop, the tenant is free again, the history stays."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.models import ImportRun
from pilotage.kernel.errors import Conflict, Forbidden
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.told import the_event


def test_while_importing(world: World, customer: Customer, tenant: Tenant) -> None:
    visit = activated(customer, tenant)
    cancel_onboarding(world.editor, customer.id)
    assert ImportRun.objects.get().state == "canceled"
    assert TenantConnection.objects.get().released_at
    assert ActivationLink.objects.get().revoked_at
    assert Onboarding.objects.get().step == "canceled"
    assert visit.ours.get("/activate/progress").status_code == 409
    assert Browser().open(token_for(customer)).status_code == 409
    the_event(customer, "customer.onboarding_canceled")


def test_the_tenant_is_free_for_another_customer(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    activated(customer, tenant)
    cancel_onboarding(world.editor, customer.id)
    activated(world.add_customer(organization_name="Again"), tenant)
    assert TenantConnection.objects.filter(released_at=None).count() == 1


def test_when_it_is_refused(world: World, customer: Customer) -> None:
    with pytest.raises(Forbidden):
        cancel_onboarding(world.viewer, customer.id)
    with pytest.raises(CustomerNotFound):
        cancel_onboarding(world.stranger, customer.id)
    cancel_onboarding(world.editor, customer.id)
    with pytest.raises(Conflict):
        cancel_onboarding(world.editor, customer.id)
    the_event(customer, "customer.onboarding_canceled")
