"""Who gets in, and that a stranger finds nothing on any address."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from pilotage.api.api import api
from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.partners.models import ApiToken
from tests.api.conftest import Api, token_for
from tests.cast import World, begin_session
from tests.web.test_sign_in import with_app

OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1"))
    for path, operations in api.get_openapi_schema(path_prefix="/api/v1")["paths"].items()
    for method in operations
]
BODIES = {
    "trial-extensions": {"expected_end": "2030-01-01"},
    "conversion": {"expires_on": "2030-01-01", "sku": "essentials"},
    "suspend": {"reason": "x"},
    "resume": {"reason": "x"},
    "resend": {},
}


def body_for(path: str) -> object:
    return BODIES.get(path.rpartition("/")[2], {})


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nobody_gets_in_without_signing_in(nobody: Api, method: str, path: str) -> None:
    path = path.replace("{customer_id}", "0" * 8 + "-0000-0000-0000-" + "0" * 12)
    path = path.replace("{run_id}", "0" * 8 + "-0000-0000-0000-" + "0" * 12)
    refused = nobody.send(method, path, {})
    assert (refused.status, refused.code) == (401, "sign_in_needed")
    assert refused.headers["WWW-Authenticate"] == "Bearer"


ABOUT_A_CUSTOMER = [(m, p) for m, p in OPERATIONS if "{customer_id}" in p]


@pytest.mark.parametrize(("method", "path"), ABOUT_A_CUSTOMER)
def test_a_stranger_finds_no_customer(world: World, stranger: Api, method: str, path: str) -> None:
    customer = world.add_customer()
    path = path.replace("{customer_id}", str(customer.id))
    refused = stranger.send(method, path, body_for(path), if_match='"1"')
    assert (refused.status, refused.code) == (404, "customer_not_found")
    assert "Wide World" not in json.dumps(refused.body)


@pytest.mark.parametrize(("method", "path"), [o for o in ABOUT_A_CUSTOMER if o[0] != "GET"])
def test_a_viewer_changes_nothing(world: World, viewer: Api, method: str, path: str) -> None:
    customer = world.add_customer()
    path = path.replace("{customer_id}", str(customer.id))
    refused = viewer.send(method, path, body_for(path), if_match='"1"')
    assert (refused.status, refused.code) == (403, "forbidden")


def test_lists_hold_nothing_of_another_partner(world: World, stranger: Api) -> None:
    world.add_customer(organization_name="CANARY")
    for address in ("/customers", "/customers?search=CANARY", "/events", "/me", "/skus"):
        assert b"CANARY" not in stranger.get(address).raw
    skus = stranger.get(f"/skus?partner_id={world.harbour.id}")
    assert (skus.status, skus.body) == (200, [])
    adding = {
        "organization_name": "Mine",
        "notification_email": "a@mine.example",
        "sku": "essentials",
        "partner_id": str(world.harbour.id),
    }
    assert stranger.post("/customers", adding).status == 404


def test_expired_and_revoked_tokens_are_refused_at_once(world: World) -> None:
    text = token_for(world, world.admin, Role.VIEWER)
    assert Api(text).get("/me").status == 200
    ApiToken.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert (Api(text).get("/me").status, Api(text).get("/me").code) == (401, "wrong_api_token")
    assert Api("plk_wrong").get("/me").status == 401
    assert Api(text).get("/me", authorization=f"Basic {text}").status == 401


def test_a_token_in_the_address_is_refused_and_never_repeated(world: World) -> None:
    text = token_for(world, world.admin, Role.VIEWER)
    refused = Api("").get(f"/me?token={text}")
    assert refused.status == 400
    assert text.encode() not in refused.raw


def test_a_session_works_but_changes_need_the_csrf_token(world: World) -> None:
    operator = world.operator(world.editor)
    with_app(operator)
    browser = Client(enforce_csrf_checks=True)
    begin_session(browser, operator)
    assert browser.get("/api/v1/me").json()["kind"] == "operator"
    body = {"reason": "unpaid"}
    customer = world.add_customer()
    address = f"/api/v1/customers/{customer.id}/suspend"
    refused = browser.post(address, body, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf_refused")
    browser.get("/sign-out/")
    token = browser.cookies["csrf"].value
    done = browser.post(
        address, body, content_type="application/json", headers={"x-csrftoken": token}
    )
    assert done.status_code == 200


def test_a_wrong_token_beats_a_good_session(world: World) -> None:
    operator = world.operator(world.editor)
    with_app(operator)
    browser = Client(headers={"authorization": "Bearer plk_nope"})
    begin_session(browser, operator)
    assert browser.get("/api/v1/me").status_code == 401


def test_what_is_not_there_is_said_in_json(editor: Api) -> None:
    for address in ("/nope", "/customers/", "/customers/1", "/customers/%00", "/../me"):
        refused = editor.get(address)
        assert (refused.status, refused.code) == (404, "no_such_address"), address
    assert editor.send("PUT", "/me").code == "method_not_allowed"
