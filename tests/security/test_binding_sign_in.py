"""Attacks on the sign-in (A5-A9): nobody gets in who may not consent for the right tenant."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.events.queries import list_events
from pilotage.kernel import clock
from pilotage.onboarding.actions.approve_sign_in import approve_sign_in
from pilotage.onboarding.errors import SomebodyElseWaits
from pilotage.onboarding.models import ActivationSession, Onboarding
from tests.cast import World
from tests.onboarding.entra import SIGN_IN_RETURN, Browser, Entra, Tenant, activated, token_for
from tests.security.untouched import assert_nobody_signed_in, assert_unbound, refusals

Change = Callable[[dict[str, str]], dict[str, str]]
ANSWERS: dict[str, tuple[Change, int]] = {
    "no state": (lambda q: {"code": q["code"]}, 400),
    "empty state": (lambda q: {**q, "state": ""}, 400),
    "invented state": (lambda q: {**q, "state": "x" * 43}, 400),
    "state in upper case": (lambda q: {**q, "state": q["state"].swapcase()}, 400),
    "no code": (lambda q: {"state": q["state"]}, 403),
    "invented code": (lambda q: {**q, "code": "0.AXoA"}, 403),
    "an error and a code": (lambda q: {**q, "error": "server_error"}, 503),
    "consent's answer": (lambda q: {"admin_consent": "True", "tenant": "x", **q, "code": ""}, 403),
    "admin in the query": (lambda q: {**q, "code": "", "tid": "x", "oid": "y", "wids": "z"}, 403),
}


@pytest.mark.parametrize(("change", "status"), ANSWERS.values(), ids=ANSWERS.keys())
def test_forged_answer(
    customer: Customer, tenant: Tenant, visit: Browser, change: Change, status: int
) -> None:
    query = change(visit.fetch_code(tenant.person("admin")))
    assert visit.ours.get(SIGN_IN_RETURN, query).status_code == status
    assert_nobody_signed_in(customer)
    assert refusals(customer)


def test_replayed_answer(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    query = visit.fetch_code(tenant.person("admin"))
    assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 303
    ActivationSession.objects.update(admin_oid=None, admin_tenant_id=None)
    assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 400
    assert_nobody_signed_in(customer)


def test_answer_that_comes_too_late(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    query = visit.fetch_code(tenant.person("admin"))
    with clock.moved_by(timedelta(minutes=11)):
        assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 400
    assert_nobody_signed_in(customer)


def test_visit_that_has_ended(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    query = visit.fetch_code(tenant.person("admin"))
    with clock.moved_by(timedelta(minutes=31)):
        assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 403
    assert_nobody_signed_in(customer)


def test_earlier_of_two_sign_ins(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    first = visit.fetch_code(tenant.person("admin"))
    visit.leave("/activate/sign-in")
    assert visit.ours.get(SIGN_IN_RETURN, first).status_code == 400
    assert_nobody_signed_in(customer)


def test_browser_without_our_cookie(customer: Customer, tenant: Tenant, visit: Browser) -> None:
    query = visit.fetch_code(tenant.person("admin"))
    assert Browser().ours.get(SIGN_IN_RETURN, query).status_code == 403
    assert_nobody_signed_in(customer)


def test_attackers_finished_flow_in_the_victims_browser(
    customer: Customer, evil: Tenant, visit: Browser
) -> None:
    """Login CSRF: state and code are good, but belong to another session of the same link."""
    attacker = Browser()
    attacker.open(token_for(customer))
    query = attacker.fetch_code(evil.person("admin"))
    assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 400
    assert visit.session.admin_oid is None
    assert_unbound(customer)


def test_attackers_code_with_the_victims_state(
    customer: Customer, evil: Tenant, visit: Browser
) -> None:
    """Code injection: PKCE and nonce tie the code to the browser that asked for it."""
    attacker = Browser()
    attacker.open(token_for(customer))
    stolen = attacker.fetch_code(evil.person("admin"))["code"]
    own = visit.fetch_code(evil.person("user"))
    assert visit.ours.get(SIGN_IN_RETURN, {**own, "code": stolen}).status_code == 403
    assert visit.session.admin_oid is None
    assert_unbound(customer)


def test_states_of_sign_in_and_consent_are_not_exchangeable(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    query = visit.fetch_code(tenant.person("admin"))
    assert visit.ours.get("/auth/entra/consent", {"state": query["state"]}).status_code == 400
    assert_nobody_signed_in(customer)


TOKENS: dict[str, dict[str, Any]] = {
    "unsigned": {"alg": "none"},
    "HS256": {"alg": "HS256"},
    "a foreign key": {"key": "foreign"},
    "an unknown key": {"kid": "nobody"},
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"remove": ["nonce"]},
    "another application": {"claims": {"aud": "00000003-0000-0000-c000-000000000000"}},
    "another issuer": {"claims": {"iss": "https://login.evil.example/x/v2.0"}},
    "another cloud": {"claims": {"iss": "https://login.partner.microsoftonline.cn/x/v2.0"}},
    "another tenant": {"claims": {"tid": "11111111-2222-4333-8444-555555555555"}},
    "no tenant": {"remove": ["tid"]},
    "the consumers' tenant": {"claims": {"tid": "9188040d-6c67-4c5b-b112-36a304b66dad"}},
    "long expired": {"claims": {"exp": 1_000_000_000}},
    "not valid yet": {"claims": {"nbf": 4_000_000_000}},
    "no object id": {"remove": ["oid"]},
    "no roles": {"remove": ["wids"]},
    "roles as text": {"claims": {"wids": "62e90394-69f5-4237-9190-012177145e10"}},
}


@pytest.mark.parametrize("tampered", TOKENS.values(), ids=TOKENS.keys())
def test_tampered_token(
    entra: Entra, customer: Customer, tenant: Tenant, visit: Browser, tampered: dict[str, Any]
) -> None:
    match = {"client_id": entra.settings.signin_client_id}
    with entra.control.fault("tamper_id_token", match=match, options=tampered):
        assert visit.sign_in(tenant.person("admin")).status_code == 403
    assert_nobody_signed_in(customer)


@pytest.mark.parametrize("person", ["user", "appadmin"])
@pytest.mark.parametrize("is_consented", [False, True])
def test_who_may_not_consent(
    customer: Customer, tenant: Tenant, visit: Browser, person: str, is_consented: bool
) -> None:
    """Also an ordinary user of a tenant whose consent is there already (A9)."""
    if is_consented:
        tenant.consent()
    answer = visit.sign_in(tenant.person(person))
    assert answer.status_code == 403
    assert tenant.person(person) in answer.content.decode().lower()
    assert refusals(customer) == ["not_an_admin"]
    assert_nobody_signed_in(customer)


def test_guest_waits_for_approval(
    world: World, customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    assert visit.sign_in(tenant.person("guest")).status_code == 403
    assert refusals(customer) == ["guest_needs_approval"]
    assert_nobody_signed_in(customer)
    assert Onboarding.objects.get(customer=customer).step == "awaiting_approval"
    approve_sign_in(world.editor, customer.id, admin_oid=tenant.oids["guest"])
    assert visit.sign_in(tenant.person("guest")).status_code == 303


def test_personal_account(entra: Entra, customer: Customer, visit: Browser) -> None:
    with entra.control.fault("personal_account_passes"):
        assert visit.sign_in("pat@personal.example").status_code == 403
    assert refusals(customer) == ["personal_account"]
    assert_nobody_signed_in(customer)


def test_sign_in_that_is_cancelled(customer: Customer, visit: Browser) -> None:
    query = visit.at_microsoft(visit.leave("/activate/sign-in"), action="cancel")
    assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 409
    assert_nobody_signed_in(customer)


@pytest.fixture
def expecting(world: World, tenant: Tenant) -> Customer:
    """A customer whose tenant the operator has named."""
    return world.add_customer(
        organization_name="Fabrikam",
        notification_email=f"boss@{tenant.domain}",
        expected_domain=tenant.domain,
    )


def test_admin_of_another_tenant_than_expected(expecting: Customer, evil: Tenant) -> None:
    """Also where the expected domain was not resolved before."""
    visit = Browser()
    visit.open(token_for(expecting))
    answer = visit.sign_in(evil.person("admin"))
    assert answer.status_code == 403
    assert expecting.organization_name in answer.content.decode()
    assert refusals(expecting) == ["wrong_tenant"]
    assert_nobody_signed_in(expecting)


def test_expected_domain_that_nobody_has(world: World, evil: Tenant) -> None:
    customer = world.add_customer(expected_domain="nobody-has-this.example")
    visit = Browser()
    visit.open(token_for(customer))
    assert visit.sign_in(evil.person("admin")).status_code == 403
    assert_nobody_signed_in(customer)


def test_expected_domain_while_microsoft_is_silent(
    entra: Entra, expecting: Customer, tenant: Tenant
) -> None:
    """Without an answer nobody is let through, not even the right person."""
    visit = Browser()
    visit.open(token_for(expecting))
    query = visit.fetch_code(tenant.person("admin"))
    match = {"path": f"/{tenant.domain}/"}
    with entra.control.fault("server_error", match=match):
        assert visit.ours.get(SIGN_IN_RETURN, query).status_code == 503
    assert_nobody_signed_in(expecting)


def test_approval_holds_for_one_person_of_one_tenant(
    world: World, expecting: Customer, evil: Tenant, entra: Entra
) -> None:
    visit = Browser()
    visit.open(token_for(expecting))
    visit.sign_in(evil.person("admin"))
    approve_sign_in(world.editor, expecting.id, admin_oid=evil.oids["admin"])
    other = Browser()
    other.open(token_for(expecting))
    assert other.sign_in(evil.person("pra")).status_code == 403
    assert other.sign_in(entra.tenant("third").person("admin")).status_code == 403
    assert_nobody_signed_in(expecting)


def test_operator_approves_whom_they_saw(
    world: World, expecting: Customer, evil: Tenant, entra: Entra
) -> None:
    """Somebody who slips in between panel and press is not approved instead.

    The simulator's admins have the same object id in all of these tenants: the pair counts.
    """
    third = entra.tenant("third")
    assert third.oids == evil.oids
    for tenant in (evil, third):
        visit = Browser()
        visit.open(token_for(expecting))
        visit.sign_in(tenant.person("admin"))
    with pytest.raises(SomebodyElseWaits):
        approve_sign_in(
            world.editor, expecting.id, tenant_id=evil.tenant_id, admin_oid=evil.oids["admin"]
        )
    with pytest.raises(SomebodyElseWaits):
        approve_sign_in(
            world.editor, expecting.id, tenant_id=third.tenant_id, admin_oid=evil.oids["pra"]
        )
    assert_nobody_signed_in(expecting)


@pytest.mark.parametrize("person", ["admin", "user"])
def test_tenant_of_another_partners_customer(
    world: World, customer: Customer, tenant: Tenant, person: str
) -> None:
    """B's link with A's people: both are refused, and B learns nothing of A."""
    activated(customer, tenant)
    theirs = world.add_customer(world.stranger, organization_name="Litware")
    visit = Browser()
    visit.open(token_for(theirs))
    answer = visit.sign_in(tenant.person(person))
    assert answer.status_code in {403, 409}
    for secret in ("Wide World", "Harbour Cloud", str(customer.id)):
        assert secret not in answer.content.decode()
    assert_unbound(theirs, connections=1)
    events = Event.objects.filter(customer_id=theirs.id)
    assert not [e for e in events if "Wide World" in f"{e.message}{e.details}"]


def test_admin_of_another_tenant_cannot_come_back_to_a_used_link(
    customer: Customer, tenant: Tenant, evil: Tenant
) -> None:
    early = Browser()
    early.open(token_for(customer))
    early.sign_in(evil.person("admin"))
    activated(customer, tenant)
    for page in ("/activate/progress", "/activate/progress/state", "/activate/disconnect"):
        answer = early.ours.get(page)
        assert answer.status_code == 403
        assert tenant.domain not in answer.content.decode()
    assert early.ours.post("/activate/disconnect").status_code == 403
    late = Browser()
    late.ours.post("/activate", {"token": token_for(customer), "coming_back": "1"})
    assert late.sign_in(evil.person("admin")).status_code == 403
    assert late.session.admin_oid is None


def test_refused_second_sign_in_leaves_nobody_in_the_session(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    """Who signs in last counts: refused, they must not go on as the admin before them."""
    assert visit.sign_in(tenant.person("admin")).status_code == 303
    assert visit.sign_in(tenant.person("user")).status_code == 403
    assert_nobody_signed_in(customer)
    assert visit.ours.get("/activate/confirm").status_code == 400
    assert visit.ours.post("/activate/consent").status_code == 400


def test_refused_second_sign_in_ends_the_consent_of_the_first(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("admin"))
    assert visit.consent(tenant.person("admin")).status_code == 303
    assert Onboarding.objects.get(customer=customer).step == "consented"
    visit.sign_in(tenant.person("user"))
    assert Onboarding.objects.get(customer=customer).step == "opened"
    assert_nobody_signed_in(customer)


def test_a_state_that_was_never_made_does_not_sign_anybody_out(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    """Another site can call the address; it must not end a visit with it."""
    visit.sign_in(tenant.person("admin"))
    assert visit.ours.get(SIGN_IN_RETURN, {"code": "x", "state": "x"}).status_code == 400
    assert visit.session.admin_oid == tenant.oids["admin"]


def test_the_cookie_from_before_the_sign_in_is_worth_nothing_after_it(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    before = visit.ours.cookies[settings.ACTIVATION_COOKIE_NAME].value
    visit.sign_in(tenant.person("admin"))
    assert visit.session.admin_oid == tenant.oids["admin"]
    assert visit.ours.cookies[settings.ACTIVATION_COOKIE_NAME].value != before
    visit.ours.cookies[settings.ACTIVATION_COOKIE_NAME] = before
    assert visit.ours.get("/activate/confirm").status_code == 403
    assert visit.ours.post("/activate/consent").status_code == 403


def test_both_partners_are_told_when_a_taken_tenant_is_claimed(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    activated(customer, tenant)
    theirs = world.add_customer(world.stranger, organization_name="Litware")
    visit = Browser()
    visit.open(token_for(theirs))
    visit.sign_in(tenant.person("admin"))
    for actor, about, other in (
        (world.admin, customer, "Litware"),
        (world.stranger, theirs, "Wide World"),
    ):
        seen = list_events(actor).filter(name="tenant.claim_refused")
        event = seen.get()
        assert event.customer_id == about.id
        assert other not in f"{event.message}{event.details}"
