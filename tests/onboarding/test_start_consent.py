"""Start consent: the verified tenant's own page, and nobody else's."""

from urllib.parse import parse_qs, urlsplit

import pytest

from pilotage.customers.models import Customer
from pilotage.onboarding.actions.start_consent import start_consent
from pilotage.onboarding.errors import LinkUsed, OutOfOrder
from pilotage.onboarding.visitor import admin_of
from tests.onboarding.entra import Browser, Tenant, activated
from tests.onboarding.told import the_event


def test_consent_page_of_the_verified_tenant(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("admin"))
    address = urlsplit(start_consent(admin_of(visit.session), visit.session))
    assert address.path == f"/{tenant.tenant_id}/v2.0/adminconsent"
    assert len(parse_qs(address.query)["state"][0]) == 43
    the_event(customer, "consent.started")


def test_not_before_the_sign_in(visit: Browser) -> None:
    with pytest.raises(OutOfOrder):
        start_consent(admin_of(visit.session), visit.session)


def test_not_with_a_used_link(customer: Customer, tenant: Tenant) -> None:
    visit = activated(customer, tenant)
    with pytest.raises(LinkUsed):
        start_consent(admin_of(visit.session), visit.session)
