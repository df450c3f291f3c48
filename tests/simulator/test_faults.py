"""Each kind of fault, seen from the client's side."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import get_args

import pytest
import requests

from microsoft365_simulator.faults.definition import (
    AccessKind,
    AnswerKind,
    IdentityKind,
    PageKind,
    TokenKind,
)
from tests.simulator.driver import (
    Json,
    SignIn,
    Simulator,
    Tenant,
    aadsts,
    claims,
    returned,
)


@pytest.fixture
def switch(sim: Simulator, contoso: Tenant) -> Callable[..., None]:
    """Switches a fault on for the shared tenant's users."""

    def on(kind: str, **values: object) -> None:
        match = {"tenant_id": contoso.id, "path": "/users"}
        sim.fault(kind, **{"match": match, **values})

    return on


def users(sim: Simulator, tenant: Tenant, query: str = "$top=100&$select=id") -> requests.Response:
    return sim.graph(tenant, f"users?{query}")


@pytest.mark.parametrize(
    ("form", "expected"),
    [("seconds", "9"), ("negative", "-5"), ("text", "soon"), ("none", None)],
)
def test_throttle(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None], form: str, expected: str | None
) -> None:
    switch("throttle", options={"form": form, "seconds": 9})
    response = users(sim, contoso)
    assert (response.status_code, response.headers.get("retry-after")) == (429, expected)
    assert response.json()["error"]["code"] == "TooManyRequests"
    assert sim.graph(contoso, "groups").status_code == 200


def test_throttle_with_a_date_and_absurdly_long(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("throttle", id="one", options={"form": "date", "seconds": 60})
    at = parsedate_to_datetime(users(sim, contoso).headers["retry-after"]).timestamp()
    assert 50 < at - time.time() <= 61
    switch("throttle", id="one", options={"form": "absurd"})
    assert int(users(sim, contoso).headers["retry-after"]) > 10**8


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_error(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None], status: int
) -> None:
    switch("server_error", options={"status": status, "retry_after": 3})
    response = users(sim, contoso)
    assert (response.status_code, response.headers["retry-after"]) == (status, "3")


def test_graph_error(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    options = {"status": 403, "code": "AccessDenied", "message": "Not today."}
    switch("graph_error", options=options)
    response = users(sim, contoso)
    assert response.status_code == 403
    assert response.json()["error"] | options == response.json()["error"] | {"status": 403}


def test_an_error_with_headers(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    headers = {"www-authenticate": 'Bearer error="insufficient_claims"'}
    switch("graph_error", options={"status": 401, "headers": headers})
    assert users(sim, contoso).headers["www-authenticate"] == headers["www-authenticate"]


def test_a_limit_names_whose_it_is(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("throttle", options={"seconds": 1, "scope": "Application/Read/one"})
    assert users(sim, contoso).headers["x-ms-throttle-scope"] == "Application/Read/one"


def test_another_body(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    switch("other_body", options={"body": '{"value": []}'})
    response = users(sim, contoso)
    assert (response.text, bool(response.headers["request-id"])) == ('{"value": []}', True)


def test_a_firewalls_page(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    switch("html_200", options={"status": 403})
    response = users(sim, contoso)
    assert (response.status_code, "request-id" in response.headers) == (403, False)


def test_endless_pages(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    switch("endless_pages")
    link, links = "users?$top=5", set()
    for _ in range(5):
        page = sim.graph(contoso, link).json()
        assert page["value"] == []
        link = page["@odata.nextLink"].partition("/v1.0/")[2]
        links.add(link)
    assert len(links) == 5


def test_a_token_of_another_tenant(sim: Simulator, contoso: Tenant) -> None:
    sim.fault("token_of_another_tenant", times=1)
    assert claims(sim.app_token(contoso))["tid"] != contoso.id
    assert claims(sim.app_token(contoso))["tid"] == contoso.id


def test_schedules(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    def statuses(count: int) -> list[int]:
        token = sim.app_token(contoso)
        return [sim.graph(contoso, "users?$top=1", token=token).status_code for _ in range(count)]

    switch("server_error", id="one", every=3, times=2)
    assert statuses(9) == [200, 200, 503, 200, 200, 503, 200, 200, 200]
    switch("server_error", id="one", skip=2, times=1)
    assert statuses(4) == [200, 200, 503, 200]
    switch("server_error", id="one", probability=0.5, seed=3)
    first = statuses(12)
    switch("server_error", id="one", probability=0.5, seed=3)
    assert statuses(12) == first
    assert set(first) == {200, 503}
    switch("server_error", id="one", **{"from": 0.6, "until": 1.2})
    assert statuses(1) == [200]
    time.sleep(0.7)
    assert statuses(1) == [503]
    time.sleep(0.6)
    assert statuses(1) == [200]
    seen = sim.control("GET", "faults")[0]
    assert (seen["id"], seen["hits"]) == ("one", 1)


def test_slow_and_hanging(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    switch("slow", times=1, options={"milliseconds": 300})
    assert users(sim, contoso).elapsed.total_seconds() >= 0.3
    switch("hang")
    headers = {"Authorization": f"Bearer {sim.app_token(contoso)}"}
    with pytest.raises(requests.exceptions.ReadTimeout):
        sim.http.get(f"{sim.url}/v1.0/users", headers=headers, timeout=0.5)
    assert sim.graph(contoso, "domains").status_code == 200, "others go on"


def test_broken_bodies(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    whole = users(sim, contoso, "$top=999").content
    switch("drop", times=1)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        users(sim, contoso, "$top=999")
    switch("truncated_json", times=1)
    cut = users(sim, contoso, "$top=999")
    assert cut.status_code == 200
    assert cut.content == whole[: len(whole) // 2]
    switch("bom", times=1)
    assert users(sim, contoso, "$top=999").content == b"\xef\xbb\xbf" + whole
    switch("html_200", times=1)
    page = users(sim, contoso)
    assert (page.status_code, page.headers["content-type"][:9]) == (200, "text/html")
    switch("escaped_text", times=1)
    named = users(sim, contoso, "$top=999&$select=displayName")
    assert named.content.isascii()
    assert named.json() == users(sim, contoso, "$top=999&$select=displayName").json()
    switch("wrong_content_type", times=1)
    assert users(sim, contoso).headers["content-type"].startswith("text/plain")
    switch("huge_body", times=1, options={"megabytes": 5})
    huge = users(sim, contoso, "$top=1")
    assert len(huge.content) > 5_000_000
    assert len(huge.json()["value"]) == 1
    assert users(sim, contoso, "$top=999").content == whole


def chain(sim: Simulator, tenant: Tenant) -> list[Json]:
    return sim.pages(tenant, "users?$select=id&$top=100")


def test_items_twice_and_moved(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    truth = sorted(row["id"] for row in sim.truth(contoso, "users"))
    switch("duplicate_items", id="one", every=4)
    found = [item["id"] for page in chain(sim, contoso) for item in page["value"]]
    assert len(found) > len(truth)
    assert sorted(set(found)) == truth
    sim.control("DELETE", "faults")
    plain = [[item["id"] for item in page["value"]] for page in chain(sim, contoso)]
    switch("moved_items", id="one", every=3)
    moved = [[item["id"] for item in page["value"]] for page in chain(sim, contoso)]
    assert moved != plain
    assert sorted(item for page in moved for item in page) == truth
    sim.control("DELETE", "faults")
    again = [item["id"] for page in chain(sim, contoso) for item in page["value"]]
    assert sorted(again) == truth, "with the fault gone everything is back in its place"


def test_a_client_that_resumes_does_not_lose_moved_items(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("moved_items", times=1)
    first = users(sim, contoso).json()
    assert len(first["value"]) == 97
    sim.control("DELETE", "faults")
    for _ in range(2):
        assert len(sim.graph(contoso, first["@odata.nextLink"]).json()["value"]) == 103


def test_moved_items_of_delta_chains(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("moved_items", every=2)
    switch("empty_page", every=3)
    pages = sim.pages(contoso, "users/delta?$select=id")
    assert len(pages) > 6
    found = sorted(item["id"] for page in pages for item in page["value"])
    assert found == sorted(row["id"] for row in sim.truth(contoso, "users"))


def test_an_empty_page_with_a_link(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("empty_page", every=5)
    pages = chain(sim, contoso)
    assert [len(page["value"]) for page in pages].count(0) >= 2
    assert sum(len(page["value"]) for page in pages) == 1200


def test_links_that_lead_nowhere_good(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("nextlink_loop", times=1)
    page = users(sim, contoso).json()
    assert page["@odata.nextLink"] == f"{sim.url}/v1.0/users?$top=100&$select=id"
    evil = "https://graph.microsoft.com@evil.example/v1.0/users"
    switch("nextlink_foreign_host", times=1, options={"value": evil})
    assert users(sim, contoso).json()["@odata.nextLink"] == evil
    assert users(sim, contoso).json()["@odata.nextLink"].startswith(sim.url)


def test_expired_page_tokens(sim: Simulator, contoso: Tenant, switch: Callable[..., None]) -> None:
    link = users(sim, contoso).json()["@odata.nextLink"]
    assert sim.graph(contoso, link).status_code == 200
    switch("expired_page_token", times=1)
    assert users(sim, contoso).status_code == 200, "a first page has no token"
    refused = sim.graph(contoso, link)
    code = "Directory_ExpiredPageToken"
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, code)
    assert sim.graph(contoso, link).status_code == 200


def test_filtered_pages_of_large_tenants(
    sim: Simulator, contoso: Tenant, switch: Callable[..., None]
) -> None:
    switch("strict_filter_paging")
    path = "users?$filter=accountEnabled eq true&$select=id&$top=500"
    link = sim.graph(contoso, path).json()["@odata.nextLink"]
    assert sim.graph(contoso, link).status_code == 400
    counted = f"{path}&$count=true"
    assert len(sim.items(contoso, counted, ConsistencyLevel="eventual")) > 1000


def test_access_is_lost(sim: Simulator, contoso: Tenant, new_tenant: Callable[..., Tenant]) -> None:
    sim.fault("permission_missing", match={"tenant_id": contoso.id, "path": "/devices"})
    denied = sim.graph(contoso, "devices")
    assert denied.json()["error"]["code"] == "Authorization_RequestDenied"
    sim.fault("missing_licence", match={"tenant_id": contoso.id})
    assert users(sim, contoso, "$select=id").status_code == 200
    assert users(sim, contoso, "$select=id,signInActivity").status_code == 403
    tenant = new_tenant()
    token = sim.app_token(tenant)
    assert sim.graph(tenant, "users", token=token).status_code == 200
    sim.fault("revoked_consent", match={"tenant_id": tenant.id})
    assert sim.graph(tenant, "users", token=token).status_code == 401
    assert aadsts(sim.app_token_request(tenant.id)) == 7000229


def test_any_login_error(sim: Simulator, contoso: Tenant) -> None:
    for code, status in ((53003, 400), (90033, 503), (500014, 400), (650052, 401)):
        sim.fault("login_error", id="one", options={"code": code})
        response = sim.app_token_request(contoso.id)
        assert (response.status_code, aadsts(response)) == (status, code)


def id_token(sim: Simulator, tenant: Tenant) -> str:
    sign_in = SignIn.begin(sim, tenant.id)
    code = returned(sign_in.choose(sim.new_session(), f"user@{tenant.domain}"))["code"]
    return str(sign_in.redeem(sim, tenant.id, code).json()["id_token"])


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256"])
def test_forged_id_tokens(sim: Simulator, contoso: Tenant, algorithm: str) -> None:
    options = {
        "alg": algorithm,
        "claims": {"tid": "another", "wids": ["x"]},
        "remove": ["nonce"],
        "key": "foreign",
        "kid": "unknown",
    }
    sim.fault("tamper_id_token", times=1, options=options)
    head, _, signature = (token := id_token(sim, contoso)).split(".")
    found = claims(token)
    assert (found["tid"], found["wids"], "nonce" in found) == ("another", ["x"], False)
    assert claims(f".{head}.")["alg"] == algorithm
    assert claims(f".{head}.")["kid"] == "unknown"
    assert bool(signature) == (algorithm != "none")
    assert claims(id_token(sim, contoso))["tid"] == contoso.id


def test_faults_reach_the_login_host_when_a_path_says_so(sim: Simulator, contoso: Tenant) -> None:
    sim.fault("server_error", match={"path": "/oauth2/v2.0/token"}, times=1)
    assert sim.app_token_request(contoso.id).status_code == 503
    assert sim.app_token_request(contoso.id).status_code == 200


def test_every_kind_is_tested() -> None:
    """A new kind without a test fails here."""
    kinds = {k for group in (AnswerKind, PageKind, TokenKind, AccessKind, IdentityKind)
             for k in get_args(group)}  # fmt: skip
    tested = set()
    for name in ("test_faults", "test_delta", "test_consent", "test_sign_in",
                 "test_client_credentials"):  # fmt: skip
        text = (Path(__file__).parent / f"{name}.py").read_text()
        tested |= {kind for kind in kinds if f'"{kind}"' in text}
    assert tested == kinds
