"""Signing in: the authorization code flow through the pages, with msal and by hand."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import msal
import pytest

from tests.simulator.driver import (
    CLIENT_ID,
    REDIRECT,
    SECRET,
    Json,
    SignIn,
    Simulator,
    Tenant,
    aadsts,
    claims,
    returned,
)

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
PRIVILEGED = "e8611ab8-c189-46e8-94e1-60213ab1f814"
MEMBER = "b79fbf4d-3ef9-4689-8143-76b194e85509"


def signed_in(sim: Simulator, tenant: str, login: str, **query: str) -> Json:
    """The ID token's claims after a whole sign-in."""
    browser, sign_in = sim.new_session(), SignIn.begin(sim, tenant, **query)
    answer = returned(sign_in.choose(browser, login))
    assert answer["state"] == sign_in.state
    redeemed = sign_in.redeem(sim, tenant, answer["code"])
    assert redeemed.ok, redeemed.text
    found = claims(redeemed.json()["id_token"])
    assert found["nonce"] == sign_in.nonce
    return found


def test_msal_signs_in_unchanged(sim: Simulator, contoso: Tenant) -> None:
    application = msal.ConfidentialClientApplication(
        CLIENT_ID,
        client_credential=SECRET,
        authority=f"{sim.url}/{contoso.id}",
        instance_discovery=False,
        http_client=sim.new_session(),
    )
    flow = application.initiate_auth_code_flow([], redirect_uri=REDIRECT)
    browser = sim.new_session()
    assert "Choose an account" in browser.get(flow["auth_uri"], timeout=10).text
    answer = browser.post(
        flow["auth_uri"],
        data={"account": f"admin@{contoso.domain}"},
        allow_redirects=False,
        timeout=10,
    )
    result = application.acquire_token_by_auth_code_flow(flow, returned(answer))
    assert result["id_token_claims"]["tid"] == contoso.id
    assert application.get_accounts()[0]["username"] == f"admin@{contoso.domain}"
    assert "refresh_token" in result


@pytest.mark.parametrize(
    ("local", "wids"),
    [
        ("admin", {GLOBAL_ADMINISTRATOR, MEMBER}),
        ("pra", {PRIVILEGED, MEMBER}),
        ("appadmin", {"158c047a-c907-4556-b7ef-446551a6b5f7", MEMBER}),
        ("user", {MEMBER}),
    ],
)
def test_the_claims_of_the_cast(
    sim: Simulator, contoso: Tenant, local: str, wids: set[str]
) -> None:
    found = signed_in(sim, "organizations", f"{local}@{contoso.domain}")
    assert found["iss"] == f"{sim.url}/{contoso.id}/v2.0"
    assert (found["aud"], found["tid"], found["ver"]) == (CLIENT_ID, contoso.id, "2.0")
    assert found["oid"] == sim.accounts(contoso)[local]["oid"]
    assert found["preferred_username"] == f"{local}@{contoso.domain}"
    assert set(found["wids"]) == wids
    assert "idp" not in found
    assert "auth_time" not in found


def test_a_guest_carries_the_issuer_of_its_home(sim: Simulator, contoso: Tenant) -> None:
    found = signed_in(sim, contoso.id, f"guest@{contoso.domain}")
    assert found["tid"] == contoso.id
    assert str(found["idp"]).startswith("https://sts.windows.net/")
    assert contoso.id not in str(found["idp"])
    assert GLOBAL_ADMINISTRATOR in found["wids"]


def test_wids_only_when_the_registration_asks(sim: Simulator, contoso: Tenant) -> None:
    other = "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f00bb"
    sim.register(client_id=other, client_secrets=[SECRET], redirect_uris=[REDIRECT])
    browser = sim.new_session()
    sign_in = SignIn.begin(sim, contoso.id, client_id=other)
    code = returned(sign_in.choose(browser, f"admin@{contoso.domain}"))["code"]
    tokens = sign_in.redeem(sim, contoso.id, code, client_id=other).json()
    assert "wids" not in claims(tokens["id_token"])
    mine = signed_in(sim, contoso.id, f"admin@{contoso.domain}")
    assert claims(tokens["id_token"])["sub"] != mine["sub"], "sub is pairwise"


def test_max_age_brings_auth_time(sim: Simulator, contoso: Tenant) -> None:
    found = signed_in(sim, contoso.id, f"user@{contoso.domain}", max_age="600")
    assert 0 <= found["iat"] - found["auth_time"] < 60


def test_any_user_can_be_typed(sim: Simulator, contoso: Tenant) -> None:
    users = sim.items(contoso, "users?$select=userPrincipalName,id,accountEnabled,userType")
    one = next(u for u in users if u["accountEnabled"] and u["userType"] == "Member")
    browser, sign_in = sim.new_session(), SignIn.begin(sim, "organizations")
    answer = sign_in.press(browser, login=one["userPrincipalName"].upper(), action="next")
    code = returned(answer)["code"]
    token = sign_in.redeem(sim, "organizations", code).json()["id_token"]
    assert claims(token)["oid"] == one["id"]


def test_a_disabled_user_stays_on_the_page(sim: Simulator, contoso: Tenant) -> None:
    users = sim.items(contoso, "users?$select=userPrincipalName,accountEnabled,userType")
    one = next(u for u in users if not u["accountEnabled"])
    sign_in = SignIn.begin(sim, contoso.id)
    page = sign_in.press(sim.new_session(), login=one["userPrincipalName"], action="next")
    assert page.status_code == 200
    assert "disabled" in page.text


def test_a_cookie_signs_in_again_without_a_page(sim: Simulator, contoso: Tenant) -> None:
    browser = sim.new_session()
    SignIn.begin(sim, contoso.id).choose(browser, f"user@{contoso.domain}")
    again = SignIn.begin(sim, contoso.id)
    answer = browser.get(again.url, allow_redirects=False, timeout=10)
    assert "code" in returned(answer)
    for prompt in ("select_account", "login"):
        asking = SignIn.begin(sim, contoso.id, prompt=prompt)
        assert "Choose an account" in browser.get(asking.url, timeout=10).text


@pytest.mark.parametrize(("login", "error"), [("", "login_required"), ("user", None)])
def test_prompt_none_never_shows_a_page(
    sim: Simulator, contoso: Tenant, login: str, error: str | None
) -> None:
    browser = sim.new_session()
    if login:
        SignIn.begin(sim, contoso.id).choose(browser, f"{login}@{contoso.domain}")
    silent = SignIn.begin(sim, contoso.id, prompt="none")
    answer = returned(browser.get(silent.url, allow_redirects=False, timeout=10))
    assert answer.get("error") == error
    assert ("code" in answer) == (error is None)


def test_cancel_goes_back_with_access_denied(sim: Simulator, contoso: Tenant) -> None:
    sign_in = SignIn.begin(sim, contoso.id)
    answer = returned(sign_in.press(sim.new_session(), action="cancel"))
    assert (answer["error"], answer["error_subcode"]) == ("access_denied", "cancel")
    assert answer["state"] == sign_in.state


def test_an_account_of_another_tenant_gets_a_page(
    sim: Simulator, contoso: Tenant, new_tenant: Callable[..., Tenant]
) -> None:
    other = new_tenant()
    page = SignIn.begin(sim, contoso.id).choose(sim.new_session(), f"admin@{other.domain}")
    assert (page.status_code, aadsts(page)) == (400, 50020)


def test_personal_accounts_only_pass_with_the_fault(sim: Simulator) -> None:
    sign_in, browser = SignIn.begin(sim, "organizations"), sim.new_session()
    assert aadsts(sign_in.choose(browser, "pat@personal.example")) == 50020
    sim.fault("personal_account_passes")
    found = signed_in(sim, "organizations", "pat@personal.example")
    assert found["tid"] == "9188040d-6c67-4c5b-b112-36a304b66dad"
    assert found["idp"] == "live.com"


def test_fragment_and_form_post(sim: Simulator, contoso: Tenant) -> None:
    sign_in = SignIn.begin(sim, contoso.id, response_mode="fragment")
    answer = sign_in.choose(sim.new_session(), f"user@{contoso.domain}")
    assert "code" in parse_qs(urlsplit(answer.headers["location"]).fragment)
    sign_in = SignIn.begin(sim, contoso.id, response_mode="form_post")
    page = sign_in.choose(sim.new_session(), f"user@{contoso.domain}")
    assert page.status_code == 200
    assert f'action="{REDIRECT}"' in page.text
    assert 'name="code"' in page.text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"redirect_uri": REDIRECT + "/"}, 50011),
        ({"client_id": "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f00cc"}, 700016),
        ({"client_id": ""}, 900144),
    ],
)
def test_what_cannot_be_trusted_never_redirects(
    sim: Simulator, contoso: Tenant, query: dict[str, str], code: int
) -> None:
    sign_in = SignIn.begin(sim, contoso.id, **query)
    page = sim.http.get(sign_in.url, allow_redirects=False, timeout=10)
    assert (page.status_code, aadsts(page)) == (400, code)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"response_type": "id_token"}, "unsupported_response_type"),
        ({"scope": ""}, "invalid_request"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"response_mode": "web_message"}, "invalid_request"),
    ],
)
def test_other_mistakes_go_back(
    sim: Simulator, contoso: Tenant, query: dict[str, str], error: str
) -> None:
    sign_in = SignIn.begin(sim, contoso.id, **query)
    answer = sim.new_session().get(sign_in.url, allow_redirects=False, timeout=10)
    assert returned(answer)["error"] == error


def test_a_code_is_redeemed_once(sim: Simulator, contoso: Tenant) -> None:
    sign_in = SignIn.begin(sim, contoso.id)
    code = returned(sign_in.choose(sim.new_session(), f"user@{contoso.domain}"))["code"]
    assert sign_in.redeem(sim, contoso.id, code).ok
    again = sign_in.redeem(sim, contoso.id, code)
    assert (again.status_code, aadsts(again), again.json()["error"]) == (
        400,
        54005,
        "invalid_grant",
    )


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"code_verifier": "x" * 43}, 501481),
        ({"code_verifier": ""}, 501481),
        ({"redirect_uri": "http://localhost:8000/elsewhere"}, 500112),
        ({"client_secret": "wrong"}, 7000215),
        ({"client_secret": ""}, 7000218),
        ({"code": "1.invented"}, 70000),
    ],
)
def test_a_code_is_worth_nothing_alone(
    sim: Simulator, contoso: Tenant, form: dict[str, str], code: int
) -> None:
    sign_in = SignIn.begin(sim, contoso.id)
    issued = returned(sign_in.choose(sim.new_session(), f"user@{contoso.domain}"))["code"]
    refused = sign_in.redeem(sim, contoso.id, form.pop("code", issued), **form)
    assert aadsts(refused) == code
    body = refused.json()
    assert body["error_codes"] == [code]
    assert {"timestamp", "trace_id", "correlation_id", "error_uri"} <= body.keys()


def test_the_page_finds_one_tenant_among_many(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenants = [new_tenant(users=10, consent=False) for _ in range(8)]
    sign_in, browser = SignIn.begin(sim, "organizations"), sim.new_session()
    assert "more organizations" in browser.get(sign_in.url, timeout=10).text
    page = sign_in.press(browser, action="search", login=tenants[7].domain)
    assert f"admin@{tenants[7].domain}" in page.text
    assert f"admin@{tenants[0].domain}" not in page.text
