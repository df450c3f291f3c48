"""Prove consent: one transaction binds, propagation is waited for; attacks: tests/security."""

from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.mail.models import Mail
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.onboarding.entra import Browser, Entra, Tenant, activated, work
from tests.onboarding.told import events_of, the_event


def test_one_transaction_binds(customer: Customer, tenant: Tenant) -> None:
    visit = activated(customer, tenant)
    connection = TenantConnection.objects.get()
    assert connection.tenant_name == "Wideworld Foods"
    assert connection.default_domain == tenant.domain
    assert connection.token_uti_sha256 == visit.session.token_uti_sha256
    assert set(connection.permissions) == ALL_PERMISSIONS
    link = ActivationLink.objects.get()
    assert link.used_at == link.consented_at is not None
    assert Onboarding.objects.get().step == "importing"
    bound = the_event(customer, "tenant.bound")
    assert bound.details["tenant_id"] == str(tenant.tenant_id)
    assert bound.details["admin_oid"] == str(tenant.oids["admin"])
    to = set(Mail.objects.filter(kind="bound").values_list("to", flat=True))
    assert to == {customer.notification_email, customer.partner.email}


def test_propagation_is_waited_for(
    entra: Entra, customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("admin"))
    match = {"tenant_id": str(tenant.tenant_id)}
    with entra.control.fault("propagation_delay", match=match, options={"missing_seconds": 600}):
        visit.consent(tenant.person("admin"))
        work()
        work()
        onboarding = Onboarding.objects.get()
        assert (onboarding.step, onboarding.waiting_reason) == ("consented", "propagation")
        assert onboarding.waiting_until
        assert "still spreading" in visit.ours.get("/activate/progress").content.decode()
    work()
    assert TenantConnection.objects.count() == 1
    assert Onboarding.objects.get().waiting_reason == ""
    the_event(customer, "consent.waiting")


def test_a_failed_proof_can_be_followed_by_a_good_one(
    customer: Customer, tenant: Tenant, visit: Browser, entra: Entra
) -> None:
    visit.sign_in(tenant.person("admin"))
    visit.consent(tenant.person("admin"))
    with entra.control.fault("login_error", match={"tenant_id": str(tenant.tenant_id)},
                             options={"code": 7000215}):  # fmt: skip
        work()
    assert Onboarding.objects.get().step == "opened"
    assert "could not be confirmed" in visit.ours.get("/activate/progress").content.decode()
    visit.consent(tenant.person("admin"))
    work()
    assert TenantConnection.objects.count() == 1
    assert len(events_of(customer, "consent.not_proven")) == 1
