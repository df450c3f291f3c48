"""Signing in: password, second step, limits, length of a session."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import cache
from django.test import Client

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.partners.models import Operator
from tests.cast import PASSWORD, World

SIGN_IN, SECOND = "/sign-in/", "/sign-in/second-step/"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    """Tries are counted in the cache; each test counts its own."""
    cache.clear()


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows, `steps` of 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(operator: Operator) -> str:
    """Give the operator an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(operator, secret)
    return secret


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    response = client.post(SIGN_IN, {"login": email, "password": password})
    return response.headers.get("Location", "")


def test_password_then_code_then_in(world: World) -> None:
    client, operator = Client(), world.operator(world.editor)
    secret = with_app(operator)
    client.get(SIGN_IN)
    assert sign_in(client, operator.email) == SECOND
    assert client.get("/api/v1/me").status_code == 401
    response = client.post(SECOND, {"code": code_of(secret)})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/api/v1/me").json()["name"] == "Edda Editor"
    event = Event.objects.get(name="operator.signed_in")
    assert (event.actor_name, event.partner_id) == ("Edda Editor", world.harbour.id)


def test_a_code_works_once(world: World) -> None:
    operator = world.operator(world.editor)
    code = code_of(with_app(operator))
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client, operator.email)
        answers.append(client.post(SECOND, {"code": code}).status_code)
    assert answers == [302, 200]


def test_the_session_id_changes_at_sign_in(world: World) -> None:
    client, operator = Client(), world.operator(world.editor)
    secret = with_app(operator)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client, operator.email)
    client.post(SECOND, {"code": code_of(secret)})
    assert client.session.session_key != planted
    attacker = Client(headers={"cookie": f"session={planted}"})
    assert attacker.get("/api/v1/me").status_code == 401


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(world: World) -> None:
    texts = set()
    for email in ("edda@harbour.example", "nobody@harbour.example"):
        page = Client().post(SIGN_IN, {"login": email, "password": "wrong"}).content.decode()
        page = page.replace(email, "")
        texts.add(re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken)(="|": ")[^"]+', "", page))
    assert len(texts) == 1
    assert Event.objects.filter(name="operator.sign_in_failed").count() == 1


def test_only_the_right_password_tells_that_an_account_is_deactivated(world: World) -> None:
    operator = world.operator(world.editor)
    Operator.objects.filter(id=operator.id).update(is_active=False)
    client = Client()
    assert sign_in(client, operator.email, "wrong") == ""
    assert sign_in(client, operator.email) == "/sign-in/inactive/"
    assert client.get("/sign-in/inactive/").status_code == 200
    assert client.get("/api/v1/me").status_code == 401


def test_guessing_is_stopped_even_from_many_addresses(world: World) -> None:
    operator = world.operator(world.editor)
    with_app(operator)
    for number in range(12):
        guesser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        guesser.post(SIGN_IN, {"login": operator.email, "password": f"guess {number}"})
    # Even the right password does not get in while the limit holds.
    assert sign_in(Client(REMOTE_ADDR="203.0.113.99"), operator.email) == ""


def test_there_is_no_sign_up_and_no_reset_page() -> None:
    for address in ("/sign-up/", "/signup/", "/accounts/signup/", "/accounts/password/reset/"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_it_never_leads_away(world: World, target: str) -> None:
    client, operator = Client(), world.operator(world.editor)
    secret = with_app(operator)
    client.post(SIGN_IN, {"login": operator.email, "password": PASSWORD, "next": target})
    response = client.post(SECOND, {"code": code_of(secret), "next": target})
    assert response.headers["Location"] == "/"


def test_a_session_ends_when_it_is_left_alone_and_after_12_hours(signed_in: Client) -> None:
    start = clock.now()
    assert signed_in.get("/api/v1/me").status_code == 200
    for minutes in range(25, 12 * 60, 25):
        with clock.set_to(start + timedelta(minutes=minutes)):
            assert signed_in.get("/api/v1/me").status_code == 200, minutes
    with clock.set_to(start + timedelta(hours=12, seconds=1)):
        assert signed_in.get("/api/v1/me").status_code == 401


def test_half_an_hour_alone_is_too_long(signed_in: Client) -> None:
    start = clock.now()
    assert signed_in.get("/api/v1/me").status_code == 200
    with clock.set_to(start + timedelta(minutes=31)):
        assert signed_in.get("/api/v1/me").status_code == 401
    assert signed_in.get("/api/v1/me").status_code == 401


def test_secrets_of_the_second_step_are_encrypted(world: World) -> None:
    operator = world.operator(world.editor)
    secret = with_app(operator)
    assert secret not in str(Authenticator.objects.get(user=operator).data)


@pytest.fixture
def signed_in(world: World) -> Client:
    """The editor's browser, through the real pages."""
    client, operator = Client(), world.operator(world.editor)
    secret = with_app(operator)
    sign_in(client, operator.email)
    client.post(SECOND, {"code": code_of(secret)})
    return client
