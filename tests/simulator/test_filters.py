"""Filters, counts and orders: each against the same done in Python."""

from collections.abc import Callable

import pytest

from tests.simulator.driver import Json, Simulator, Tenant

EVENTUAL = {"ConsistencyLevel": "eventual"}
SELECT = (
    "id,userPrincipalName,displayName,userType,accountEnabled,department,assignedLicenses,"
    "proxyAddresses"
)
E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965"


@pytest.fixture(scope="module")
def everybody(sim: Simulator, contoso: Tenant) -> list[Json]:
    return sim.items(contoso, f"users?$select={SELECT}&$top=999")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("accountEnabled eq true", lambda u: u["accountEnabled"]),
        ("userType eq 'Guest'", lambda u: u["userType"] == "Guest"),
        ("userType ne 'Guest'", lambda u: u["userType"] != "Guest"),
        ("not(accountEnabled eq true)", lambda u: not u["accountEnabled"]),
        (
            "startswith(userPrincipalName,'an')",
            lambda u: u["userPrincipalName"].startswith("an"),
        ),
        (
            "startswith(userPrincipalName,'A') and accountEnabled eq false",
            lambda u: u["userPrincipalName"].startswith("a") and not u["accountEnabled"],
        ),
        (
            "(department eq 'Sales' or department eq 'IT') and userType eq 'Member'",
            lambda u: u["department"] in ("Sales", "IT") and u["userType"] == "Member",
        ),
        (
            "startswith(userPrincipalName,'a') or startswith(userPrincipalName,'an')"
            " or startswith(userPrincipalName,'z')",
            lambda u: u["userPrincipalName"][0] in "az",
        ),
        ("department in ('Sales', 'Legal')", lambda u: u["department"] in ("Sales", "Legal")),
        ("department eq null", lambda u: u["department"] is None),
        (
            f"assignedLicenses/any(x:x/skuId eq {E3})",
            lambda u: any(item["skuId"] == E3 for item in u["assignedLicenses"]),
        ),
        ("assignedLicenses/$count eq 0", lambda u: not u["assignedLicenses"]),
        (
            "proxyAddresses/any(p:startswith(p,'SMTP:a'))",
            lambda u: any(p.lower().startswith("smtp:a") for p in u["proxyAddresses"]),
        ),
        (
            "endswith(userPrincipalName,'n@contoso.example')",
            lambda u: u["userPrincipalName"].endswith("n@contoso.example"),
        ),
        ("displayName gt 'w'", lambda u: u["displayName"].casefold() > "w"),
    ],
)
def test_filter(
    sim: Simulator,
    contoso: Tenant,
    everybody: list[Json],
    text: str,
    same: Callable[[Json], bool],
) -> None:
    expected = {user["id"] for user in everybody if same(user)}
    pages = sim.pages(contoso, f"users?$filter={text}&$select=id&$count=true&$top=37", **EVENTUAL)
    found = [user["id"] for page in pages for user in page["value"]]
    assert expected, "a filter that finds nothing proves nothing"
    assert len(found) == len(expected) == pages[0]["@odata.count"]
    assert set(found) == expected
    count = sim.graph(contoso, f"users/$count?$filter={text}", **EVENTUAL)
    assert int(count.text) == len(expected)
    assert count.headers["content-type"].startswith("text/plain")


def test_prefixes_cover_everybody_once(
    sim: Simulator, contoso: Tenant, everybody: list[Json]
) -> None:
    found: list[str] = []
    for first in "abcdefghijklmnopqrstuvwxyz0123456789_-.!#^~":
        escaped = {"#": "%23"}.get(first, first)
        path = f"users?$filter=startswith(userPrincipalName,'{escaped}')&$count=true&$select=id"
        found += [u["id"] for u in sim.items(contoso, f"{path}&$top=999", **EVENTUAL)]
    assert len(found) == len(everybody)
    assert set(found) == {user["id"] for user in everybody}


def test_counts_of_filters_come_in_a_batch_too(
    sim: Simulator, contoso: Tenant, everybody: list[Json]
) -> None:
    wanted = [
        {
            "id": first,
            "method": "GET",
            "url": f"/users/$count?$filter=startswith(userPrincipalName,'{first}')",
            "headers": EVENTUAL,
        }
        for first in "abz"
    ]
    answers = sim.batch(contoso, wanted).json()["responses"]
    assert {answer["id"]: int(answer["body"]) for answer in answers} == {
        first: sum(user["userPrincipalName"][0] == first for user in everybody) for first in "abz"
    }


def test_plain_filters_page_only_on_small_tenants(sim: Simulator, contoso: Tenant) -> None:
    path = "users?$filter=startswith(userPrincipalName,'a')&$select=id&$top=5"
    assert len(sim.pages(contoso, path)) > 2
    sim.fault("strict_filter_paging", match={"tenant_id": contoso.id})
    link = sim.graph(contoso, path).json()["@odata.nextLink"]
    refused = sim.graph(contoso, link)
    code = "Directory_ExpiredPageToken"
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, code)
    assert len(sim.pages(contoso, f"{path}&$count=true", **EVENTUAL)) > 2


def test_a_quote_in_a_literal(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant()
    user = sim.accounts(tenant)["user"]["oid"]
    change = {"update": [{"id": user, "set": {"userPrincipalName": "o'hara@x.example"}}]}
    sim.control("POST", f"tenants/{tenant.id}/changes", change)
    path = "users?$filter=startswith(userPrincipalName,'o''h')&$count=true"
    assert [u["id"] for u in sim.items(tenant, path, **EVENTUAL)] == [user]
    assert sim.graph(tenant, "users/o'hara@x.example").json()["id"] == user


def test_ids(sim: Simulator, contoso: Tenant, everybody: list[Json]) -> None:
    wanted = [user["id"] for user in everybody[:15]]
    either = " or ".join(f"id eq '{object_id}'" for object_id in wanted)
    listed = ",".join(f"'{object_id}'" for object_id in wanted)
    for text in (either, f"id in ({listed})"):
        found = sim.items(contoso, f"users?$filter={text}&$select=id")
        assert {user["id"] for user in found} == set(wanted)


def test_search_and_order_are_advanced(
    sim: Simulator, contoso: Tenant, everybody: list[Json]
) -> None:
    found = sim.items(contoso, 'users?$search="displayName:Smith"&$select=displayName', **EVENTUAL)
    assert len(found) == sum("smith" in user["displayName"].casefold() for user in everybody)
    for direction in ("asc", "desc"):
        path = f"users?$orderby=displayName {direction}&$select=displayName&$top=500"
        names = [user["displayName"].casefold() for user in sim.items(contoso, path, **EVENTUAL)]
        assert names == sorted(names, reverse=direction == "desc")
        assert len(names) == len(everybody)


def test_counts_without_the_header_are_left_out(sim: Simulator, contoso: Tenant) -> None:
    first = sim.graph(contoso, "users?$count=true").json()
    assert "@odata.count" not in first
    for path, truth in (("users", 1200), ("groups", 240), ("devices", 480)):
        assert int(sim.graph(contoso, f"{path}/$count", **EVENTUAL).text) == truth
