"""Attacks on the link itself (A1-A4): each is refused and changes nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from pilotage.customers.models import Customer
from pilotage.kernel import clock
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.onboarding.link_token import new_public_id
from pilotage.onboarding.models import ActivationLink, ActivationSession, Onboarding, Tries
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.security.untouched import assert_unbound, refusals

FORGERIES = {
    "first character of the MAC": lambda t: t[:28] + ("A" if t[28] != "A" else "B") + t[29:],
    "middle of the MAC": lambda t: t[:50] + ("A" if t[50] != "A" else "B") + t[51:],
    "no MAC": lambda t: t[:28],
    "cut short": lambda t: t[:-1],
    "one character more": lambda t: t + "A",
    "another id": lambda t: f"pla1_{new_public_id()}_{t[28:]}",
    "another prefix": lambda t: "pla2" + t[4:],
    "upper case": lambda t: t.upper(),
    "other digits": lambda t: t[:-1] + "\u0663",
    "a line break inside": lambda t: t[:40] + "\n" + t[40:],
    "percent encoding": lambda t: t.replace("_", "%5F"),
    "empty": lambda t: "",
    "very long": lambda t: t * 2_000,
    "SQL": lambda t: "pla1_' or 1=1 --_x",
}


def test_a_token_with_nul_is_refused_before_anything_looks_at_it(customer: Customer) -> None:
    token = token_for(customer)
    assert Browser().open(token[:40] + "\0" + token[40:]).status_code == 400
    assert not ActivationSession.objects.exists()
    assert Onboarding.objects.get(customer=customer).step == "invited"


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_forged_token_opens_nothing(customer: Customer, forge: object) -> None:
    answer = Browser().open(forge(token_for(customer)))  # type: ignore[operator]
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()
    assert "Wide World" not in answer.content.decode()
    assert not ActivationSession.objects.exists()
    assert Onboarding.objects.get(customer=customer).step == "invited"


def test_mac_of_one_link_does_not_open_another(world: World, customer: Customer) -> None:
    other = world.add_customer(organization_name="Fabrikam")
    mixed = token_for(customer)[:27] + token_for(other)[27:]
    assert Browser().open(mixed).status_code == 404
    assert not ActivationSession.objects.exists()


def test_revoked_link(world: World, customer: Customer) -> None:
    revoke_activation_link(world.editor, customer.id)
    assert Browser().open(token_for(customer)).status_code == 409
    assert refusals(customer) == ["link_revoked"]
    assert not ActivationSession.objects.exists()


def test_replaced_link_and_the_visits_made_with_it(
    world: World, customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    before = token_for(customer)
    visit.sign_in(tenant.person("admin"))
    resend_activation_link(world.editor, customer.id)
    assert Browser().open(before).status_code == 409
    assert visit.ours.post("/activate/consent").status_code == 409
    assert_unbound(customer)


def test_expired_link(customer: Customer) -> None:
    ActivationLink.objects.update(expires_at=clock.now())
    assert Browser().open(token_for(customer)).status_code == 409
    assert refusals(customer) == ["link_expired"]
    assert_unbound(customer)


def test_link_that_expires_during_the_visit(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    code = visit.fetch_code(tenant.person("admin"))
    ActivationLink.objects.update(expires_at=clock.now())
    assert visit.ours.get("/auth/entra/callback", code).status_code == 409
    assert_unbound(customer)


def test_link_of_a_canceled_customer(world: World, customer: Customer) -> None:
    cancel_onboarding(world.editor, customer.id)
    assert Browser().open(token_for(customer)).status_code == 409
    assert not ActivationSession.objects.exists()


def test_used_link_does_not_begin_another_activation(customer: Customer, tenant: Tenant) -> None:
    activated(customer, tenant)
    again = Browser().open(token_for(customer))
    assert again.status_code == 409
    assert refusals(customer) == ["link_used"]
    assert ActivationSession.objects.count() == 1


def test_used_link_does_not_lead_to_another_consent(
    customer: Customer, tenant: Tenant, visit: Browser
) -> None:
    visit.sign_in(tenant.person("admin"))
    activated(customer, tenant)
    assert visit.ours.post("/activate/consent").status_code == 409


@pytest.mark.parametrize("name", ["t", "token", "code"])
def test_token_in_the_query_is_not_looked_at(customer: Customer, name: str) -> None:
    token = token_for(customer)
    assert Client().get("/activate", {name: token}).status_code == 200
    assert Client().post(f"/activate?{name}={token}").status_code == 404
    assert not ActivationSession.objects.exists()


def test_form_of_another_site_opens_nothing(customer: Customer) -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/activate", {"token": token_for(customer)})
    assert answer.status_code == 403
    assert not ActivationSession.objects.exists()


def test_hundred_looks_change_nothing(customer: Customer) -> None:
    client, token = Client(), token_for(customer)
    before = ActivationLink.objects.values().get(customer=customer)
    for number in range(50):
        assert client.get(f"/activate?scan={number}#t={token}").status_code == 200
        assert client.head("/activate").status_code == 200
    assert ActivationLink.objects.values().get(customer=customer) == before
    assert Onboarding.objects.get(customer=customer).step == "invited"
    assert not ActivationSession.objects.exists()
    assert not Tries.objects.exists()


def test_eleventh_guess_in_a_minute_waits(customer: Customer) -> None:
    now = clock.now().replace(second=1)
    with clock.set_to(now):
        codes = [Browser().open("pla1_guess").status_code for _ in range(11)]
        assert codes == [404] * 10 + [429]
        refused = Browser().open(token_for(customer))
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "60"
    with clock.set_to(now + timedelta(minutes=1)):
        assert Browser().open(token_for(customer)).status_code == 303


def test_hundred_and_first_guess_at_one_link_waits(customer: Customer) -> None:
    now = clock.now().replace(minute=0, second=1)
    token = token_for(customer)
    with clock.set_to(now):
        for number in range(101):
            visitor = Client(REMOTE_ADDR=f"198.51.100.{number}")
            last = visitor.post("/activate", {"token": token[:-2] + "xx"})
        assert last.status_code == 429
        other = Client(REMOTE_ADDR="203.0.113.9")
        assert other.post("/activate", {"token": "pla1_other"}).status_code == 404
    with clock.set_to(now + timedelta(hours=1)):
        assert Client().post("/activate", {"token": token}).status_code == 303


def test_opening_does_not_touch_an_operators_session(world: World, customer: Customer) -> None:
    browser = Browser()
    browser.ours.force_login(world.operator(world.viewer))
    key = browser.ours.session.session_key
    assert browser.open(token_for(customer)).status_code == 303
    assert browser.ours.session.session_key == key
    cookie = browser.ours.cookies["act"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 1800
    assert cookie.value not in (key, "")


def test_each_opening_is_a_session_of_its_own(customer: Customer) -> None:
    first, second = Browser(), Browser()
    first.ours.cookies["act"] = "chosen-by-an-attacker"
    for browser in (first, second):
        browser.open(token_for(customer))
    values = {browser.ours.cookies["act"].value for browser in (first, second)}
    assert len(values) == 2
    assert "chosen-by-an-attacker" not in values
