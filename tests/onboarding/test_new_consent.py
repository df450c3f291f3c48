"""A customer that was connected once comes back: a new link, a new consent, the same tenant."""

import pytest

from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.imports.models import ImportRun, RunState
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.approve_sign_in import approve_sign_in
from pilotage.onboarding.actions.finish_onboarding import finish_onboarding
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.errors import AlreadyOnboarded
from pilotage.onboarding.letters import render_activation
from pilotage.onboarding.models import Onboarding
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for, work
from tests.onboarding.told import events_of
from tests.security.untouched import refusals


@pytest.fixture
def on_board(customer: Customer, tenant: Tenant) -> Browser:
    """The browser of the admin of a customer that is on board."""
    visit = activated(customer, tenant)
    end_run(customer)
    return visit


def end_run(customer: Customer) -> None:
    run = ImportRun.objects.order_by("-number")[0]
    ImportRun.objects.filter(id=run.id).update(state=RunState.SUCCEEDED)
    finish_onboarding(system_actor("test"), customer.id, run.id)


def lose_consent(tenant: Tenant) -> None:
    tenant.revoke()
    TenantConnection.objects.update(state=ConnectionState.REVOKED)


def test_while_all_is_well_no_link_is_sent(
    world: World, customer: Customer, on_board: Browser
) -> None:
    with pytest.raises(AlreadyOnboarded):
        resend_activation_link(world.editor, customer.id)


def test_lost_consent_is_given_anew(
    world: World, customer: Customer, tenant: Tenant, on_board: Browser
) -> None:
    lose_consent(tenant)
    resend_activation_link(world.editor, customer.id)
    activated(customer, tenant, "pra")
    connection = TenantConnection.objects.get()
    assert connection.state == ConnectionState.CONNECTED
    assert connection.bound_by_oid == tenant.oids["pra"]
    assert ImportRun.objects.count() == 2
    assert Onboarding.objects.get().step == "completed"
    assert len(events_of(customer, "tenant.bound")) == 2
    assert len(events_of(customer, "customer.onboarded")) == 1


def test_whoever_has_consented_before_is_told_why_once_more(
    world: World, customer: Customer, tenant: Tenant, on_board: Browser
) -> None:
    why = {
        "Some of it cannot be imported, because this was not granted: Read all devices.": {
            "state": ConnectionState.CONSENT_OUTDATED, "missing": ["Device.Read.All"],
        },
        "The consent was withdrawn in the tenant": {"state": ConnectionState.REVOKED},
        "The connection has been ended since.": {"released_at": clock.now()},
    }  # fmt: skip
    for reason, facts in why.items():
        TenantConnection.objects.update(**facts)
        resend_activation_link(world.editor, customer.id)
        letter = render_activation(Mail.objects.filter(kind="activation").latest("created_at"))
        assert "once more" in letter.subject and "invites" not in letter.text
        page = Browser()
        page.open(token_for(customer))
        shown = page.ours.get("/activate/case").content.decode()
        assert "Renew the consent of" in shown
        for text in (letter.text, letter.html, shown):
            assert reason in text
    assert '<span class="tag">new</span>' in shown, "Read all devices"


def test_disconnected_customer_comes_back(
    world: World, customer: Customer, tenant: Tenant, on_board: Browser
) -> None:
    on_board.ours.post("/activate/disconnect")
    resend_activation_link(world.editor, customer.id)
    activated(customer, tenant)
    assert TenantConnection.objects.filter(released_at=None).count() == 1
    assert TenantConnection.objects.count() == 2
    assert Mail.objects.filter(kind="bound").count() == 4


def test_propagation_is_waited_for_here_too(
    world: World, customer: Customer, tenant: Tenant, on_board: Browser
) -> None:
    lose_consent(tenant)
    resend_activation_link(world.editor, customer.id)
    visit = Browser()
    visit.open(token_for(customer))
    visit.sign_in(tenant.person("admin"))
    visit.consent(tenant.person("admin"))
    tenant.revoke()
    work()
    assert Onboarding.objects.get().waiting_reason == "propagation"
    assert "still spreading" in visit.ours.get("/activate/progress").content.decode()
    tenant.consent()
    work()
    assert Onboarding.objects.get().waiting_reason == ""
    assert TenantConnection.objects.get().state == ConnectionState.CONNECTED


def test_another_tenant_needs_an_approval(
    world: World, customer: Customer, evil: Tenant, on_board: Browser
) -> None:
    on_board.ours.post("/activate/disconnect")
    resend_activation_link(world.editor, customer.id)
    visit = Browser()
    visit.open(token_for(customer))
    assert visit.sign_in(evil.person("admin")).status_code == 403
    assert refusals(customer) == ["wrong_tenant"]
    approve_sign_in(
        world.editor, customer.id, tenant_id=evil.tenant_id, admin_oid=evil.oids["admin"]
    )
    assert visit.sign_in(evil.person("admin")).status_code == 303
    assert Onboarding.objects.get().step == "completed"


def test_another_tenant_while_the_first_is_connected(
    world: World, customer: Customer, tenant: Tenant, evil: Tenant, on_board: Browser
) -> None:
    """Not even with an approval: the connection has to be ended first."""
    lose_consent(tenant)
    resend_activation_link(world.editor, customer.id)
    visit = Browser()
    visit.open(token_for(customer))
    visit.sign_in(evil.person("admin"))
    approve_sign_in(world.editor, customer.id)
    visit.sign_in(evil.person("admin"))
    visit.consent(evil.person("admin"))
    work()
    assert TenantConnection.objects.get().tenant_id == tenant.tenant_id
    assert len(events_of(customer, "tenant.bound")) == 1
