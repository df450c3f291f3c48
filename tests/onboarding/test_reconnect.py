"""Connecting again: after the admin has disconnected, and after the consent was lost."""

import pytest

from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.models import ImportRun
from pilotage.kernel.actor import system_actor
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link
from pilotage.onboarding.actions.finish_onboarding import finish_onboarding
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.errors import AlreadyOnboarded
from pilotage.onboarding.models import Onboarding
from pilotage.onboarding.steps import OnboardingStepRefused
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for, work


def ended(customer: Customer, state: str) -> str:
    """The latest run has ended like this; the step that follows from it."""
    run = ImportRun.objects.filter(customer=customer).order_by("-number")[0]
    ImportRun.objects.filter(id=run.id).update(state=state)
    finish_onboarding(system_actor("test"), customer.id, run.id)
    return Onboarding.objects.get(customer=customer).step


def test_an_onboarded_customer_connects_again_after_a_disconnect(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    browser = activated(customer, tenant)
    assert ended(customer, "succeeded") == "completed"
    with pytest.raises(AlreadyOnboarded):
        resend_activation_link(world.editor, customer.id)
    with pytest.raises(AlreadyOnboarded):
        copy_activation_link(world.editor, customer.id)
    assert browser.ours.post("/activate/disconnect").status_code == 303
    resend_activation_link(world.editor, customer.id)
    assert copy_activation_link(world.editor, customer.id)
    again = activated(customer, tenant)
    assert TenantConnection.objects.filter(released_at=None).count() == 1
    assert ImportRun.objects.count() == 2
    assert "Importing" in again.ours.get("/activate/progress").content.decode()


def test_a_lost_consent_is_renewed_by_the_same_tenant_only(
    world: World, customer: Customer, tenant: Tenant, evil: Tenant
) -> None:
    activated(customer, tenant)
    assert ended(customer, "succeeded") == "completed"
    first = TenantConnection.objects.get()
    TenantConnection.objects.update(state=ConnectionState.REVOKED)
    tenant.revoke()
    resend_activation_link(world.editor, customer.id)
    other = Browser()
    other.open(token_for(customer))
    assert other.sign_in(evil.person("admin")).status_code == 403
    browser = Browser()
    browser.open(token_for(customer))
    assert browser.sign_in(tenant.person("admin")).status_code == 303
    assert browser.consent(tenant.person("admin")).status_code == 303
    assert "Checking" in browser.ours.get("/activate/progress").content.decode()
    work()
    renewed = TenantConnection.objects.get()
    assert renewed.id == first.id
    assert renewed.state == ConnectionState.CONNECTED
    assert renewed.bound_at > first.bound_at
    assert Event.objects.filter(name="tenant.bound").count() == 2


def test_a_failed_first_import_gets_a_new_link_only_when_the_consent_is_lost(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    activated(customer, tenant)
    assert ended(customer, "failed") == "import_failed"
    with pytest.raises(OnboardingStepRefused):
        resend_activation_link(world.editor, customer.id)
    TenantConnection.objects.update(state=ConnectionState.REVOKED)
    resend_activation_link(world.editor, customer.id)
    activated(customer, tenant)
    assert ended(customer, "succeeded") == "completed"
