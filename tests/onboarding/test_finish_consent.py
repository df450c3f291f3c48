"""Finish consent: what comes back says when to look; attacks are in tests/security."""

from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.customers.models import Customer
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.onboarding.entra import CONSENT_RETURN, Browser, Tenant
from tests.onboarding.told import the_event


def test_the_worker_is_asked_to_prove_it(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("admin"))
    visit.consent(tenant.person("admin"))
    assert Onboarding.objects.get(customer=customer).step == "consented"
    job = ProcrastinateJob.objects.get(task_name="prove_consent")
    assert job.args == {"session_id": str(visit.session.id)}
    the_event(customer, "consent.returned")


def test_declining_is_no_end(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    visit.sign_in(tenant.person("admin"))
    query = visit.at_microsoft(visit.leave("/activate/consent"), action="cancel")
    page = visit.ours.get(CONSENT_RETURN, query)
    assert page.status_code == 409
    assert "Go back and consent" in page.content.decode()
    assert Onboarding.objects.get(customer=customer).step == "declined"
    assert ActivationLink.objects.get(customer=customer).declined_at
    the_event(customer, "consent.declined")
    visit.consent(tenant.person("admin"))
    assert Onboarding.objects.get(customer=customer).step == "consented"
