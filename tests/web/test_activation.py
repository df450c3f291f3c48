"""The whole trip of a customer's admin, over HTTP."""

from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.models import ImportRun
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.onboarding.entra import Browser, Tenant, token_for, work
from tests.onboarding.fixtures import customer, entra, installed, tenant, visit

__all__ = ["customer", "entra", "installed", "tenant", "visit"]


def test_the_whole_trip(customer: Customer, tenant: Tenant) -> None:
    browser = Browser()
    opened = browser.open(token_for(customer))
    assert opened.headers["Location"] == "/activate/case"
    case = browser.ours.get("/activate/case").content.decode()
    assert "Harbour Cloud" in case
    assert "Wide World Importers" in case
    assert "User.Read.All" in case
    assert browser.sign_in(tenant.person("admin")).headers["Location"] == "/activate/confirm"
    confirm = browser.ours.get("/activate/confirm").content.decode()
    assert str(tenant.tenant_id) in confirm
    assert tenant.person("admin") in confirm
    assert browser.consent(tenant.person("admin")).headers["Location"] == "/activate/progress"
    assert "Checking your consent" in browser.ours.get("/activate/progress").content.decode()
    work()
    assert "Importing" in browser.ours.get("/activate/progress/state").content.decode()
    connection = TenantConnection.objects.get(customer=customer)
    assert connection.tenant_id == tenant.tenant_id
    assert connection.bound_by_oid == tenant.oids["admin"]
    assert ImportRun.objects.get().tenant_id == tenant.tenant_id
    assert Onboarding.objects.get(customer=customer).step == "importing"
    assert ActivationLink.objects.get(customer=customer).used_at
    names = list(Event.objects.filter(customer_id=customer.id).values_list("name", flat=True))
    assert names.count("tenant.bound") == names.count("consent.granted") == 1
