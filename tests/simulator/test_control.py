"""The control API and its page."""

from collections.abc import Callable

import pytest

from tests.simulator.driver import CLIENT_ID, SECRET, Simulator, Tenant


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "tenants", {"name": "X", "domain": "x.example", "users": 9}, 400),
        ("POST", "tenants", {"name": "X", "domain": "not a domain", "users": 10}, 400),
        ("POST", "tenants", {"name": "X", "domain": "x.example", "users": 10, "shoes": 1}, 400),
        ("POST", "tenants", {"name": "X", "domain": "contoso.example", "users": 10}, 400),
        (
            "POST",
            "tenants",
            {"name": "X", "domain": "x.example", "users": 10, "epoch": "soon"},
            400,
        ),
        ("GET", "tenants/nobody.example", None, 404),
        ("DELETE", "tenants/nobody.example", None, 404),
        ("GET", "tenants/contoso.example/truth/shoes", None, 404),
        ("POST", "tenants/contoso.example/changes", {"users_added": -1}, 400),
        ("POST", "tenants/contoso.example/changes", {"delete": ["nobody"]}, 400),
        ("PUT", "tenants/contoso.example/consents/nobody", None, 404),
        ("DELETE", "tenants/contoso.example/consents/nobody", None, 404),
        ("POST", "applications", {"client_id": "short"}, 400),
        ("POST", "applications", {"client_id": CLIENT_ID, "certificates": ["junk"]}, 400),
        ("POST", "faults", {"kind": "earthquake"}, 400),
        ("POST", "faults", {"kind": "slow", "match": {"path": "("}}, 400),
        ("POST", "faults", {"kind": "slow", "every": 0}, 400),
        ("DELETE", "faults/unknown", None, 404),
        ("GET", "requests?count=many", None, 400),
        ("PATCH", "tenants", None, 405),
        ("GET", "shoes", None, 404),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    sim: Simulator, contoso: Tenant, method: str, path: str, body: object, status: int
) -> None:
    response = sim.raw_control(method, path, body)
    assert response.status_code == status, response.text
    assert response.json()["error"]


def test_a_refused_change_changes_nothing(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant()
    before = sim.truth(tenant, "users")
    doomed = before[-1]["id"]
    twice = {"users_added": 2, "delete": [doomed], "delete_for_good": [doomed]}
    assert sim.raw_control("POST", f"tenants/{tenant.id}/changes", twice).status_code == 400
    assert sim.truth(tenant, "users") == before


def test_sizes_follow_from_the_users(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=5000, consent=False)
    counts = sim.control("GET", f"tenants/{tenant.id}")["counts"]
    shown = {name: counts[name] for name in ("users", "groups", "memberships", "devices")}
    assert shown == {"users": 5000, "groups": 1000, "memberships": 20_000, "devices": 2000}
    small = new_tenant(users=10, groups=3, memberships=5, devices=0, consent=False)
    counts = sim.control("GET", f"tenants/{small.id}")["counts"]
    shown = {name: counts[name] for name in ("users", "groups", "memberships", "devices")}
    assert shown == {"users": 10, "groups": 3, "memberships": 5, "devices": 0}


def test_the_log_holds_no_secrets(sim: Simulator, contoso: Tenant) -> None:
    token = sim.app_token(contoso)
    sim.graph(contoso, "users?$top=1", token=token)
    text = sim.raw_control("GET", f"requests?tenant={contoso.id}").text
    assert "/v1.0/users?$top=1" in text
    assert "POST /{id}/oauth2/v2.0/token" in text
    assert token not in text
    assert SECRET not in text
    assert SECRET not in sim.raw_control("GET", "applications").text


def test_counters_start_anew(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant()
    sim.graph(tenant, "users")
    counters = sim.control("GET", f"requests?tenant={tenant.id}")["counters"]
    assert counters["paths"]["GET /v1.0/users"] == 1
    assert counters["resource_units"] == 2
    sim.control("DELETE", "requests")
    assert sim.control("GET", f"requests?tenant={tenant.id}")["counters"]["requests"] == 0


def test_the_page_works_without_javascript(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant, page = new_tenant(consent=False), f"{sim.browser_url}/_simulator"
    names = {"tenant_id": tenant.id, "client_id": CLIENT_ID}

    def press(action: str, **values: str) -> str:
        response = sim.http.post(f"{page}/page", data={"action": action, **values}, timeout=10)
        assert response.status_code == 200, response.text
        return response.text

    assert "Pilotage import: granted" in press("grant", **names)
    assert sim.graph(tenant, "users").status_code == 200
    press("revoke", **names)
    assert sim.app_token_request(tenant.id).status_code == 401
    assert "server_error" in press("put_fault", kind="server_error", path="/shoes", times="2")
    fault = sim.control("GET", "faults")[0]
    assert (fault["match"], fault["times"]) == ({"path": "/shoes"}, 2)
    press("remove_fault", fault_id=fault["id"])
    assert sim.control("GET", "faults") == []
    before = sim.control("GET", f"tenants/{tenant.id}")["version"]
    press("play", tenant_id=tenant.id)
    assert sim.control("GET", f"tenants/{tenant.id}")["version"] > before
    press("add_tenant", name="Fabrikam", domain="fabrikam.example", users="25")
    assert sim.control("GET", "tenants/fabrikam.example")["users"] == 25
    press("remove_tenant", tenant_id=sim.control("GET", "tenants/fabrikam.example")["tenant_id"])
    assert sim.raw_control("GET", "tenants/fabrikam.example").status_code == 404


def test_a_removed_tenant_is_gone_everywhere(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant()
    token = sim.app_token(tenant)
    assert sim.graph(tenant, "users", token=token).status_code == 200
    sim.control("DELETE", f"tenants/{tenant.id}")
    assert sim.graph(tenant, "users", token=token).status_code == 401
    assert sim.app_token_request(tenant.id).json()["error_codes"] == [90002]


def test_the_page_says_what_was_wrong(sim: Simulator) -> None:
    body = {"action": "add_tenant", "name": "X", "domain": "no domain", "users": "20"}
    response = sim.http.post(f"{sim.browser_url}/_simulator/page", data=body, timeout=10)
    assert response.status_code == 400
    assert "&#39;no domain&#39; is not a domain name." in response.text


def test_the_browser_listener_has_only_pages(sim: Simulator, contoso: Tenant) -> None:
    for path in ("v1.0/users", f"{contoso.id}/oauth2/v2.0/token", "common/discovery/v2.0/keys"):
        assert sim.http.get(f"{sim.browser_url}/{path}", timeout=10).status_code == 404
    page = sim.http.get(f"{sim.browser_url}/", timeout=10)
    assert page.url == f"{sim.browser_url}/_simulator"
