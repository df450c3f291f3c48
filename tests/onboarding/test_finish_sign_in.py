"""Finish sign-in: the session knows the admin; attacks are in tests/security."""

from pilotage.customers.models import Customer
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.told import events_of, the_event


def test_the_session_knows_the_admin(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    visit.sign_in(tenant.person("pra"))
    session = visit.session
    assert (session.admin_tenant_id, session.admin_oid) == (tenant.tenant_id, tenant.oids["pra"])
    assert len(session.token_uti_sha256) == 64
    assert ActivationLink.objects.get(customer=customer).signed_in_at
    event = the_event(customer, "activation.signed_in")
    assert event.actor_kind == "customer_admin"
    assert event.actor_id == f"{tenant.tenant_id}/{tenant.oids['pra']}"
    assert not events_of(customer, "tenant.domain_differs")


def test_other_domain_than_the_notification_address_is_told(world: World, tenant: Tenant) -> None:
    customer = world.add_customer(notification_email="agency@elsewhere.example")
    visit = Browser()
    visit.open(token_for(customer))
    visit.sign_in(tenant.person("admin"))
    the_event(customer, "tenant.domain_differs")
    assert "Go on only if" in visit.ours.get("/activate/confirm").content.decode()


def test_admin_comes_back_to_a_used_link(customer: Customer, tenant: Tenant) -> None:
    activated(customer, tenant)
    visit = Browser()
    visit.ours.post("/activate", {"token": token_for(customer), "coming_back": "1"})
    assert visit.sign_in(tenant.person("pra")).headers["Location"] == "/activate/progress"


def test_stopping_at_the_sign_in_is_not_called_a_declined_consent(
    customer: Customer, visit: Browser
) -> None:
    answer = visit.at_microsoft(visit.leave("/activate/sign-in"), action="cancel")
    assert answer["error"] == "access_denied"
    page = visit.ours.get("/auth/entra/callback", answer)
    assert page.status_code == 409
    assert "You stopped at the sign-in" in page.content.decode()
    assert the_event(customer, "activation.refused").details["reason"] == "sign_in_canceled"
    assert not events_of(customer, "consent.declined")


def test_the_right_person_ends_the_waiting_for_another(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("guest"))
    assert Onboarding.objects.get(customer=customer).step == "awaiting_approval"
    visit.sign_in(tenant.person("admin"))
    assert Onboarding.objects.get(customer=customer).step == "opened"
