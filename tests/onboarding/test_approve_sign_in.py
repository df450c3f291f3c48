"""Approve sign-in: exactly one person of one tenant; attacks are in tests/security."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer, TenantConnection
from pilotage.kernel.errors import Forbidden
from pilotage.onboarding.actions.approve_sign_in import approve_sign_in
from pilotage.onboarding.errors import NothingToApprove
from pilotage.onboarding.models import Onboarding
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, token_for, work
from tests.onboarding.told import the_event


def test_an_approved_admin_of_another_tenant_is_bound(
    world: World, tenant: Tenant, evil: Tenant
) -> None:
    customer = world.add_customer(expected_domain=evil.domain)
    visit = Browser()
    visit.open(token_for(customer))
    assert visit.sign_in(tenant.person("admin")).status_code == 403
    waits = the_event(customer, "activation.approval_needed")
    assert waits.details["tenant_id"] == str(tenant.tenant_id)
    approve_sign_in(
        world.editor, customer.id, tenant_id=tenant.tenant_id, admin_oid=tenant.oids["admin"]
    )
    assert Onboarding.objects.get().step == "opened"
    the_event(customer, "activation.approved")
    assert visit.sign_in(tenant.person("admin")).status_code == 303
    visit.consent(tenant.person("admin"))
    work()
    assert TenantConnection.objects.get().tenant_id == tenant.tenant_id


def test_nothing_waits(world: World, customer: Customer) -> None:
    with pytest.raises(NothingToApprove):
        approve_sign_in(world.editor, customer.id)


def test_viewer_and_stranger_may_not(
    world: World, customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("guest"))
    with pytest.raises(Forbidden):
        approve_sign_in(world.viewer, customer.id)
    with pytest.raises(CustomerNotFound):
        approve_sign_in(world.stranger, customer.id)
    assert Onboarding.objects.get().approved_admin_oid is None
