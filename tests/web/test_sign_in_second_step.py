"""Nobody goes on without a second step, but in the demo's one-click sessions."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.partners.actions.invite_operator import invite_operator
from pilotage.partners.set_up_link import VALID_FOR, token_of
from tests.cast import PASSWORD, World
from tests.web.test_sign_in import code_of, sign_in, with_app

START = "/settings/security/start/"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def test_from_the_invitation_to_the_first_page(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    operator = invite_operator(
        world.admin,
        partner_id=world.harbour.id,
        email="kim@harbour.example",
        name="Kim",
        role=Role.EDITOR,
    )
    token = token_of(operator, expires_at=clock.now() + VALID_FOR)
    client = Client()
    assert b"data-fragment" in client.get("/set-up").content
    page = client.post("/set-up", {"token": f"http://localhost:8000/set-up#t={token}"})
    assert b"Welcome, Kim" in page.content
    refused = client.post("/set-up", {"token": token, "password": PASSWORD, "repeated": "x"})
    assert (refused.status_code, b"passwords differ" in refused.content) == (422, True)
    done = client.post("/set-up", {"token": token, "password": PASSWORD, "repeated": PASSWORD})
    assert done.headers["Location"] == START
    page = client.get("/settings/security/app/add/").content.decode()
    secret = re.search(r'class="secret">([A-Z2-7]+)', page)[1]  # type: ignore[index]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/settings/security/app/add/", {"code": code_of(secret)})
    changes = Event.objects.filter(name="operator.factor_changed").values_list("message", flat=True)
    assert "Authenticator app set up by Kim" in set(changes)
    codes = client.get("/settings/security/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert client.get("/api/v1/me").json()["name"] == "Kim"
    again = client.get("/settings/security/recovery-codes/").content.decode()
    assert not re.findall(r"<li>\d{8}</li>", again)


def test_a_used_or_broken_link_says_so(world: World) -> None:
    for token in ("", "plo1_x", "plo1_" + "A" * 22 + "_1900000000_" + "A" * 43):
        answer = Client().post("/set-up", {"token": token})
        assert (answer.status_code, b"does not work" in answer.content) == (422, True)


def test_without_a_second_step_every_page_leads_to_setting_it_up(world: World) -> None:
    client = Client()
    assert sign_in(client, world.operator(world.admin).email) == "/"
    for address in ("/settings/api-tokens", "/settings/security/"):
        assert client.get(address).headers["Location"] == START
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "two_step_needed")
    assert client.get(START).status_code == 200


def test_a_session_begun_with_the_password_alone_is_not_promoted(world: World) -> None:
    """Somebody who knows the password signed in before the owner set the second step up."""
    early, operator = Client(), world.operator(world.admin)
    sign_in(early, operator.email)
    assert early.get("/api/v1/me").json()["error"]["code"] == "two_step_needed"
    with_app(operator)
    assert early.get("/api/v1/me").json()["error"]["code"] == "sign_in_needed"
    for address in ("/customers", "/settings/security/app/add/", "/settings/security/passkeys/"):
        assert early.get(address).headers["Location"].startswith("/sign-in/"), address


def test_removing_the_last_second_step_leads_back_there(world: World) -> None:
    client, operator = Client(), world.operator(world.admin)
    secret = with_app(operator)
    sign_in(client, operator.email)
    client.post("/sign-in/second-step/", {"code": code_of(secret)})
    assert client.get("/settings/api-tokens").status_code == 200
    asked = client.post("/settings/security/app/remove/")
    assert asked.headers["Location"].startswith("/sign-in/again/")
    client.post("/sign-in/again/?next=/settings/security/", {"password": PASSWORD})
    client.post("/settings/security/app/remove/")
    assert client.get("/settings/api-tokens").headers["Location"] == START


def test_the_demo_signs_in_with_one_click_and_only_the_demo(world: World, settings: Any) -> None:
    client, who = Client(), {"operator": world.editor.id}
    assert client.get("/demo/sign-in").status_code == 404
    assert client.post("/demo/sign-in", who).status_code == 404
    settings.IS_DEMO = True
    assert b"Edda Editor" in client.get("/demo/sign-in").content
    client.post("/demo/sign-in", who)
    assert client.get("/api/v1/me").json()["name"] == "Edda Editor"
    assert client.get("/settings/security/password/").status_code == 403
    for wrong in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert Client().post("/demo/sign-in", {"operator": wrong}).status_code == 404
    # A session that a demo left behind is worth nothing elsewhere.
    settings.IS_DEMO = False
    assert client.get("/api/v1/me").json()["error"]["code"] == "sign_in_needed"
    assert client.get("/settings/security/start/").headers["Location"].startswith("/sign-in/")
