"""Attacks on the consent (A5, A6, A9, A10): what comes back from Microsoft proves nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.actions.prove_consent import prove_consent
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.onboarding.models import ActivationSession, Onboarding
from tests.cast import World
from tests.onboarding.entra import (
    CONSENT_RETURN,
    Browser,
    Entra,
    Query,
    Tenant,
    activated,
    token_for,
    work,
)
from tests.security.untouched import assert_unbound, refusals


@pytest.fixture
def signed_in(visit: Browser, tenant: Tenant) -> Browser:
    """The right admin has signed in; the consent comes next."""
    assert visit.sign_in(tenant.person("admin")).status_code == 303
    return visit


def state_of(address: str) -> str:
    return address.rpartition("state=")[2].split("&")[0]


def come_back(browser: Browser, **query: str) -> Any:
    return browser.ours.get(CONSENT_RETURN, query)


def test_consent_before_the_sign_in(customer: Customer, visit: Browser) -> None:
    assert visit.ours.post("/activate/consent").status_code == 400
    assert visit.ours.get("/activate/confirm").status_code == 400
    assert_unbound(customer)


def test_return_without_having_gone(customer: Customer, signed_in: Browser, tenant: Tenant) -> None:
    tenant.consent()
    answer = come_back(signed_in, admin_consent="True", tenant=str(tenant.tenant_id))
    assert answer.status_code == 400
    assert refusals(customer) == ["state_invalid"]
    assert_unbound(customer)


@pytest.mark.parametrize("state", ["", "x", "0" * 43, "None", "\0"])
def test_invented_state(customer: Customer, signed_in: Browser, tenant: Tenant, state: str) -> None:
    tenant.consent()
    signed_in.leave("/activate/consent")
    answer = come_back(signed_in, admin_consent="True", tenant=str(tenant.tenant_id), state=state)
    assert answer.status_code == 400
    assert_unbound(customer)


def test_claimed_consent_that_was_never_given(
    customer: Customer, signed_in: Browser, tenant: Tenant
) -> None:
    state = state_of(signed_in.leave("/activate/consent"))
    answer = come_back(signed_in, admin_consent="True", tenant=str(tenant.tenant_id), state=state)
    assert answer.status_code == 303
    work()
    assert not TenantConnection.objects.exists()
    assert Onboarding.objects.get(customer=customer).waiting_reason == "propagation"
    with clock.moved_by(timedelta(minutes=16)):
        assert_unbound(customer)
    assert Event.objects.filter(customer_id=customer.id, name="consent.not_proven").count() == 1


@pytest.mark.parametrize("is_uppercase", [False, True])
def test_tenant_of_somebody_else_in_the_redirect(
    customer: Customer, signed_in: Browser, evil: Tenant, is_uppercase: bool
) -> None:
    state = state_of(signed_in.leave("/activate/consent"))
    claimed = str(evil.tenant_id).upper() if is_uppercase else str(evil.tenant_id)
    answer = come_back(signed_in, admin_consent="True", tenant=claimed, state=state)
    assert answer.status_code == 400
    assert refusals(customer) == ["state_invalid"]
    assert_unbound(customer)


def test_consent_of_another_tenant_than_the_one_signed_in(
    customer: Customer, signed_in: Browser, tenant: Tenant, entra: Entra
) -> None:
    other = entra.tenant("third")
    address = signed_in.leave("/activate/consent")
    elsewhere = address.replace(str(tenant.tenant_id), str(other.tenant_id))
    query = Browser().at_microsoft(elsewhere, account=other.person("admin"))
    assert query == {}, "that page asks first"
    browser = Browser()
    browser.at_microsoft(elsewhere, account=other.person("admin"))
    query = browser.at_microsoft(elsewhere, account=other.person("admin"), action="accept")
    assert query["tenant"] == str(other.tenant_id)
    assert signed_in.ours.get(CONSENT_RETURN, query).status_code == 400
    assert_unbound(customer)


def test_the_same_with_the_tenant_left_out(
    customer: Customer, signed_in: Browser, evil: Tenant
) -> None:
    """Evil has consented; the signed-in tenant has not, and that is the one that is asked."""
    state = state_of(signed_in.leave("/activate/consent"))
    assert come_back(signed_in, admin_consent="True", state=state).status_code == 303
    with clock.moved_by(timedelta(minutes=16)):
        assert_unbound(customer)


def test_replayed_return(customer: Customer, signed_in: Browser, tenant: Tenant) -> None:
    state = state_of(signed_in.leave("/activate/consent"))
    declined = {"error": "access_denied", "error_description": "AADSTS65004: no", "state": state}
    assert come_back(signed_in, **declined).status_code == 409
    tenant.consent()
    again = come_back(signed_in, admin_consent="True", state=state)
    assert again.status_code == 400
    assert_unbound(customer)


def test_return_of_another_session(customer: Customer, signed_in: Browser, tenant: Tenant) -> None:
    query = signed_in.fetch_consent(tenant.person("admin"))
    other = Browser()
    other.open(token_for(customer))
    assert other.ours.get(CONSENT_RETURN, query).status_code == 400
    assert Browser().ours.get(CONSENT_RETURN, query).status_code == 403
    assert_unbound(customer)


def test_return_that_comes_too_late(customer: Customer, signed_in: Browser, tenant: Tenant) -> None:
    query = signed_in.fetch_consent(tenant.person("admin"))
    with clock.moved_by(timedelta(minutes=11)):
        assert signed_in.ours.get(CONSENT_RETURN, query).status_code == 400
    assert_unbound(customer)


def test_other_account_signs_in_while_a_consent_is_under_way(
    customer: Customer, signed_in: Browser, tenant: Tenant, evil: Tenant
) -> None:
    """The consent belongs to the sign-in before it; Evil's old consent must not count for it."""
    query = signed_in.fetch_consent(tenant.person("admin"))
    assert signed_in.sign_in(evil.person("admin")).status_code == 303
    assert come_back(signed_in, state=query["state"]).status_code == 400
    assert_unbound(customer)


def test_other_account_signs_in_after_a_consent_has_come_back(
    customer: Customer, signed_in: Browser, tenant: Tenant, evil: Tenant
) -> None:
    signed_in.consent(tenant.person("admin"))
    assert signed_in.sign_in(evil.person("admin")).status_code == 303
    work()
    assert not TenantConnection.objects.filter(tenant_id=evil.tenant_id).exists()


ERRORS: dict[str, tuple[Query, str]] = {
    "declined": ({"error": "access_denied", "error_description": "AADSTS65004: x"}, "declined"),
    "canceled on the old page": ({"error": "permission_denied"}, "declined"),
    "needs approval": (
        {"error": "access_denied", "error_description": "AADSTS90094: x"},
        "needs_approval",
    ),
    "broken": ({"error": "server_error"}, "sign_in_failed"),
    "error and consent": (
        {"error": "access_denied", "error_description": "AADSTS65004: x", "admin_consent": "True"},
        "declined",
    ),
}


@pytest.mark.parametrize(("query", "reason"), ERRORS.values(), ids=ERRORS.keys())
def test_every_error_is_a_refusal(
    customer: Customer, signed_in: Browser, tenant: Tenant, query: Query, reason: str
) -> None:
    tenant.consent()
    state = state_of(signed_in.leave("/activate/consent"))
    assert come_back(signed_in, state=state, **query).status_code in {403, 409}
    assert refusals(customer) == [reason]
    assert_unbound(customer)


def test_consent_that_lacks_permissions(
    customer: Customer, signed_in: Browser, tenant: Tenant
) -> None:
    query = signed_in.fetch_consent(tenant.person("admin"))
    tenant.consent(sorted(ALL_PERMISSIONS - {"User.Read.All"}))
    signed_in.ours.get(CONSENT_RETURN, query)
    work()
    with clock.moved_by(timedelta(minutes=16)):
        assert_unbound(customer)


def test_admin_who_has_lost_the_role_meanwhile(
    customer: Customer, signed_in: Browser, tenant: Tenant
) -> None:
    """The directory is the second source, and it is asked at the end."""
    signed_in.consent(tenant.person("admin"))
    ActivationSession.objects.update(admin_oid=tenant.oids["appadmin"])
    assert_unbound(customer)
    told = Event.objects.get(customer_id=customer.id, name="consent.not_proven")
    assert told.details["reason"] == "not_an_admin"


def test_admin_whom_the_tenant_does_not_know(
    customer: Customer, signed_in: Browser, tenant: Tenant
) -> None:
    signed_in.consent(tenant.person("admin"))
    ActivationSession.objects.update(admin_oid=uuid4())
    assert_unbound(customer)


@pytest.mark.parametrize("kind", ["permission_missing", "revoked_consent"])
def test_graph_that_does_not_say_which_tenant_it_is(
    entra: Entra, customer: Customer, signed_in: Browser, tenant: Tenant, kind: str
) -> None:
    signed_in.consent(tenant.person("admin"))
    match = {"tenant_id": str(tenant.tenant_id), "path": r"^/v1\.0/organization"}
    with entra.control.fault(kind, match=match):
        work()
        assert not TenantConnection.objects.exists()
        with clock.moved_by(timedelta(minutes=16)):
            assert_unbound(customer)


@pytest.mark.parametrize("end", [revoke_activation_link, resend_activation_link, cancel_onboarding])
def test_link_that_ends_between_consent_and_proof(
    world: World, customer: Customer, signed_in: Browser, tenant: Tenant, end: Any
) -> None:
    signed_in.consent(tenant.person("admin"))
    if end is resend_activation_link:
        # A link is only sent anew when nothing is being checked.
        Onboarding.objects.update(step="opened")
    end(world.editor, customer.id)
    assert_unbound(customer)


def test_proof_without_a_consent(customer: Customer, signed_in: Browser, tenant: Tenant) -> None:
    """A job that was queued for a session which has not come back from the consent."""
    tenant.consent()
    prove_consent(system_actor("onboarding"), signed_in.session.id)
    assert_unbound(customer)


def test_tenant_that_was_taken_between_sign_in_and_proof(
    world: World, customer: Customer, signed_in: Browser, tenant: Tenant
) -> None:
    theirs = world.add_customer(world.stranger, organization_name="Litware")
    late = Browser()
    late.open(token_for(theirs))
    late.sign_in(tenant.person("admin"))
    activated(customer, tenant)
    late.consent(tenant.person("admin"))
    assert_unbound(theirs, connections=1)
    told = Event.objects.filter(name="tenant.claim_refused")
    assert set(told.values_list("customer_id", flat=True)) == {customer.id, theirs.id}
    page = late.ours.get("/activate/progress").content.decode()
    assert "could not be confirmed" in page
    assert "Wide World" not in page


def test_proving_twice_binds_once(customer: Customer, signed_in: Browser, tenant: Tenant) -> None:
    signed_in.consent(tenant.person("admin"))
    for _ in range(3):
        work()
    assert TenantConnection.objects.count() == 1
    assert Event.objects.filter(name="tenant.bound").count() == 1
