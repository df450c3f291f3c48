"""Admin consent through the pages: who may, what comes back, what the tenant then holds."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import requests

from tests.simulator.driver import (
    CLIENT_ID,
    IMPORT_ROLES,
    REDIRECT,
    SCOPE,
    Simulator,
    Tenant,
    aadsts,
    claims,
    returned,
)


def consent_url(sim: Simulator, tenant: str, version: int = 2, /, **query: str) -> str:
    usual = {"client_id": CLIENT_ID, "redirect_uri": REDIRECT, "state": "a state"}
    if version == 2:
        usual["scope"] = SCOPE
    wanted = {name: value for name, value in {**usual, **query}.items() if value}
    path = "v2.0/adminconsent" if version == 2 else "adminconsent"
    return f"{sim.url}/{tenant}/{path}?{urlencode(wanted)}"


def press(browser: requests.Session, url: str, **form: str) -> requests.Response:
    return browser.post(url, data=form, allow_redirects=False, timeout=10)


@pytest.mark.parametrize("local", ["admin", "pra", "guest"])
def test_an_administrator_accepts(
    sim: Simulator, new_tenant: Callable[..., Tenant], local: str
) -> None:
    tenant = new_tenant(consent=False)
    login, browser = f"{local}@{tenant.domain}", sim.new_session()
    url = consent_url(sim, tenant.id)
    assert "Choose an account" in browser.get(url, timeout=10).text
    asking = press(browser, url, account=login)
    for role in IMPORT_ROLES:
        assert role in asking.text
    answer = returned(press(browser, url, account=login, action="accept"))
    assert answer["admin_consent"] == "True"
    assert (answer["tenant"], answer["state"]) == (tenant.id, "a state")
    assert answer["scope"].endswith(SCOPE)
    assert claims(sim.app_token(tenant))["roles"] == sorted(IMPORT_ROLES)
    principals = sim.items(tenant, "servicePrincipals?$select=appId,displayName")
    assert {"appId": CLIENT_ID, "displayName": "Pilotage import"} in principals


def test_the_sign_in_is_remembered(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant, browser = new_tenant(consent=False), sim.new_session()
    press(browser, consent_url(sim, tenant.id), account=f"admin@{tenant.domain}")
    assert "Permissions requested" in browser.get(consent_url(sim, tenant.id), timeout=10).text


@pytest.mark.parametrize("local", ["user", "appadmin"])
def test_others_need_an_administrator(
    sim: Simulator, new_tenant: Callable[..., Tenant], local: str
) -> None:
    tenant, browser = new_tenant(consent=False), sim.new_session()
    login, url = f"{local}@{tenant.domain}", consent_url(sim, tenant.id)
    page = press(browser, url, account=login)
    assert "Need admin approval" in page.text
    assert "AADSTS90094" in page.text
    assert press(browser, url, account=login, action="accept").status_code == 403
    assert sim.control("GET", f"tenants/{tenant.id}/consents") == {}
    assert "error" in returned(press(browser, url, action="cancel"))


def test_accepting_needs_a_sign_in(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(consent=False)
    url = consent_url(sim, tenant.id)
    forged = press(sim.new_session(), url, account=f"admin@{tenant.domain}", action="accept")
    assert "Choose an account" in forged.text
    assert sim.control("GET", f"tenants/{tenant.id}/consents") == {}


def test_cancel_in_both_versions(sim: Simulator, contoso: Tenant) -> None:
    second = returned(press(sim.new_session(), consent_url(sim, contoso.id), action="cancel"))
    assert (second["error"], second["error_subcode"]) == ("access_denied", "cancel")
    assert second["error_description"].startswith("AADSTS65004")
    assert second["admin_consent"] == "True", "as Microsoft documents it, also on errors"
    url = consent_url(sim, contoso.id, 1)
    assert returned(press(sim.new_session(), url, action="cancel"))["error"] == "permission_denied"


def test_version_one_grants_everything_required(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant, browser = new_tenant(consent=False), sim.new_session()
    url, login = consent_url(sim, tenant.domain, 1), f"admin@{tenant.domain}"
    press(browser, url, account=login)
    answer = returned(press(browser, url, account=login, action="accept"))
    assert (answer["tenant"], "scope" in answer) == (tenant.id, False)
    assert claims(sim.app_token(tenant))["roles"] == sorted(IMPORT_ROLES)


@pytest.mark.parametrize(
    ("tenant", "query", "code"),
    [
        ("common", {}, 90130),
        ("", {"scope": ""}, 900144),
        ("", {"redirect_uri": "http://localhost:8000/other"}, 50011),
        ("nobody.example", {}, 90002),
    ],
)
def test_mistakes_get_a_page(
    sim: Simulator, contoso: Tenant, tenant: str, query: dict[str, str], code: int
) -> None:
    page = sim.http.get(consent_url(sim, tenant or contoso.id, 2, **query), timeout=10)
    assert (page.status_code, aadsts(page)) == (400, code)


def test_an_administrator_of_another_tenant(
    sim: Simulator, contoso: Tenant, new_tenant: Callable[..., Tenant]
) -> None:
    other, url = new_tenant(), consent_url(sim, contoso.id)
    assert aadsts(press(sim.new_session(), url, account=f"admin@{other.domain}")) == 50020
    assert aadsts(press(sim.new_session(), url, account="pat@personal.example")) == 50020


def test_consent_takes_a_while_to_arrive(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(consent=False)
    match = {"tenant_id": tenant.id}
    options = {"missing_seconds": 600, "code": 700016}
    sim.fault("propagation_delay", id="delay", match=match, options=options)
    sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}")
    assert aadsts(sim.app_token_request(tenant.id)) == 700016
    options = {"missing_seconds": 0, "partial_seconds": 600}
    sim.fault("propagation_delay", id="delay", match=match, options=options)
    assert len(claims(sim.app_token(tenant))["roles"]) == len(IMPORT_ROLES) // 2
    options = {"missing_seconds": 0, "partial_seconds": 0}
    sim.fault("propagation_delay", id="delay", match=match, options=options)
    assert len(claims(sim.app_token(tenant))["roles"]) == len(IMPORT_ROLES)
