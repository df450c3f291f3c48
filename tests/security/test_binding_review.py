"""Holes that a review of the binding protocol found; each of these was open once."""

from uuid import UUID

import pytest

from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.models import ImportRun
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.microsoft.proof import Proof
from pilotage.onboarding.actions.finish_onboarding import finish_onboarding
from pilotage.onboarding.actions.prove_consent import prove_consent
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.bind import BoundBy, bind_tenant
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import Onboarding
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for

SYSTEM = system_actor("test")


def step(customer: Customer) -> str:
    return Onboarding.objects.get(customer=customer).step


def test_a_guest_of_another_tenant_waits_as_wrong_tenant(
    world: World, tenant: Tenant, evil: Tenant
) -> None:
    """Else an operator who approves "a guest" lets another tenant through unseen."""
    customer = world.add_customer(expected_domain=tenant.domain)
    browser = Browser()
    browser.open(token_for(customer))
    assert browser.sign_in(evil.person("guest")).status_code == 403
    waiting = Onboarding.objects.get(customer=customer)
    assert waiting.approval_reason == "wrong_tenant"
    assert "a guest" in waiting.approval_admin


@pytest.mark.parametrize("text", ["a\tb", "x" * 5_000])
def test_an_error_in_a_redirect_is_never_too_strange_to_record(
    visit: Browser, tenant: Tenant, text: str
) -> None:
    answer = visit.fetch_code(tenant.person("admin"))
    query = {"state": answer["state"], "error": text}
    assert visit.ours.get("/auth/entra/callback", query).status_code == 403
    refused = Event.objects.get(name="activation.refused")
    assert len(str(refused.details)) < 1_000


def test_another_visit_that_fails_does_not_stop_this_ones_proof(
    customer: Customer, tenant: Tenant, evil: Tenant
) -> None:
    first, second = Browser(), Browser()
    for browser, place in ((first, tenant), (second, evil)):
        browser.open(token_for(customer))
        assert browser.sign_in(place.person("admin")).status_code == 303
    late = {"missing_seconds": 600, "partial_seconds": 0}
    match = {"tenant_id": str(tenant.tenant_id)}
    with tenant.control.fault("propagation_delay", match=match, options=late):
        first.consent(tenant.person("admin"))
        prove_consent(SYSTEM, first.session.id)
        evil_match = {"tenant_id": str(evil.tenant_id)}
        with tenant.control.fault("application_disabled", match=evil_match):
            second.consent(evil.person("admin"))
            prove_consent(SYSTEM, second.session.id)
    assert second.session.consent_returned_at is None
    assert step(customer) == "consented"
    prove_consent(SYSTEM, first.session.id)
    assert TenantConnection.objects.get().tenant_id == tenant.tenant_id


def test_the_late_end_of_an_earlier_connections_run_changes_nothing(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    browser = activated(customer, tenant)
    earlier = ImportRun.objects.get()
    assert browser.ours.post("/activate/disconnect").status_code == 303
    resend_activation_link(world.editor, customer.id)
    activated(customer, tenant)
    finish_onboarding(SYSTEM, customer.id, earlier.id)
    assert step(customer) == "importing"


def test_a_terminated_customers_link_is_dead(customer: Customer) -> None:
    Customer.objects.filter(id=customer.id).update(terminated_at=clock.now())
    assert Browser().open(token_for(customer)).status_code == 409


@pytest.mark.parametrize("name", ["N" * 300, "a\0b", "Wide\r\nBcc: x@y.example", "a\u202eb"])
def test_a_tenants_own_name_is_stored_as_one_short_line(customer: Customer, name: str) -> None:
    """It comes from Graph, and goes into mails and lists."""
    proof = Proof(UUID(int=7), name, "", "d" * 300, (), frozenset(), True, "")
    made = bind_tenant(SYSTEM, lock_onboarding(SYSTEM, customer.id), proof, BoundBy("Ada"))
    kept = TenantConnection.objects.get(id=made.id)
    assert kept.tenant_name.isprintable()
    assert len(kept.tenant_name) <= 256
