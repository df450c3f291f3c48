"""Listings: everything once, page sizes, selections, counts, and what each needs."""

import uuid
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest

from tests.simulator.driver import CLIENT_ID, Simulator, Tenant

TRUTHS = {
    "users": "users",
    "groups": "groups",
    "devices": "devices",
    "servicePrincipals": "service-principals",
    "applications": "applications",
    "directory/administrativeUnits": "administrative-units",
    "directoryRoles": "directory-roles",
    "domains": "domains",
}
COUNT = {"ConsistencyLevel": "eventual"}


@pytest.mark.parametrize("resource", TRUTHS)
def test_a_listing_is_the_truth(sim: Simulator, contoso: Tenant, resource: str) -> None:
    top = "" if resource in ("directoryRoles", "domains") else "?$top=70"
    found = [item["id"] for item in sim.items(contoso, f"{resource}{top}")]
    truth = {row["id"] for row in sim.truth(contoso, TRUTHS[resource])}
    assert len(found) == len(truth), "each once"
    assert set(found) == truth
    assert found


def test_members_are_the_truth(sim: Simulator, contoso: Tenant) -> None:
    truth = {(row["group_id"], row["member_id"]) for row in sim.truth(contoso, "memberships")}
    pages = sim.pages(contoso, "groups/delta?$select=members")
    found = [
        (group["id"], member["id"])
        for page in pages
        for group in page["value"]
        for member in group["members@delta"]
    ]
    assert len(found) == len(truth)
    assert set(found) == truth
    counts = sim.control("GET", f"tenants/{contoso.id}")["counts"]
    assert counts["memberships"] == len(truth) == 4800
    largest = max({group for group, _ in truth}, key=[g for g, _ in found].count)
    members = sim.items(contoso, f"groups/{largest}/members?$select=id&$top=99")
    assert {(largest, member["id"]) for member in members} == {p for p in truth if p[0] == largest}
    assert all(member.keys() == {"@odata.type", "id"} for member in members)


def test_role_members_and_what_a_user_is_in(sim: Simulator, contoso: Tenant) -> None:
    admin = sim.accounts(contoso)["admin"]["oid"]
    truth = sim.truth(contoso, "role-members")
    held = {row["role_id"] for row in truth if row["member_id"] == admin}
    path = f"users/{admin}/transitiveMemberOf/microsoft.graph.directoryRole"
    found = sim.items(contoso, path)
    assert {role["id"] for role in found} == held
    template = "62e90394-69f5-4237-9190-012177145e10"
    assert [role["roleTemplateId"] for role in found] == [template]
    by_template = f"directoryRoles(roleTemplateId='{template}')/members?$select=id"
    assert admin in {member["id"] for member in sim.items(contoso, by_template)}


def test_member_of_is_members_turned_round(sim: Simulator, contoso: Tenant) -> None:
    truth = sim.truth(contoso, "memberships")
    groups = {row["id"] for row in sim.truth(contoso, "groups")}
    user = sim.accounts(contoso)["user"]["oid"]
    direct = {row["group_id"] for row in truth if row["member_id"] == user}
    found = sim.items(contoso, f"users/{user}/memberOf/microsoft.graph.group?$select=id")
    assert {group["id"] for group in found} == direct
    nested = [row for row in truth if row["member_id"] in groups]
    assert nested, "some groups are members of groups"
    above, grown = set(direct), True
    while grown:
        more = {row["group_id"] for row in nested if row["member_id"] in above} - above
        above, grown = above | more, bool(more)
    found = sim.items(contoso, f"users/{user}/transitiveMemberOf/microsoft.graph.group")
    assert {group["id"] for group in found} == above


@pytest.mark.parametrize("seed", range(4))
def test_the_cast_holds_the_roles_of_its_names(
    sim: Simulator, new_tenant: Callable[..., Tenant], seed: int
) -> None:
    found = sim.accounts(new_tenant(users=12, seed=seed))
    assert {name: account["role"] for name, account in found.items()} == {
        "admin": "Global Administrator",
        "pra": "Privileged Role Administrator",
        "appadmin": "Cloud Application Administrator",
        "user": "Ordinary user",
        "guest": "Guest, Global Administrator",
    }


def test_a_role_can_be_held_through_a_group(sim: Simulator, contoso: Tenant) -> None:
    holder = next(
        group["id"]
        for group in sim.items(contoso, "groups?$top=999")
        if group["isAssignableToRole"]
    )
    member = next(
        m["id"]
        for m in sim.items(contoso, f"groups/{holder}/members")
        if m["@odata.type"] == "#microsoft.graph.user"
    )
    cast = "microsoft.graph.directoryRole?$select=displayName"
    transitive = sim.items(contoso, f"users/{member}/transitiveMemberOf/{cast}")
    direct = sim.items(contoso, f"users/{member}/memberOf/{cast}")
    assert {"displayName": "Helpdesk Administrator"} in [
        {"displayName": role["displayName"]} for role in transitive
    ]
    assert len(direct) < len(transitive)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("$top=1000", 400, "Request_UnsupportedQuery"),
        ("$top=0", 400, "Request_UnsupportedQuery"),
        ("$top=many", 400, "BadRequest"),
        ("$select=shoeSize", 400, "BadRequest"),
        ("$select=skills", 501, "NotImplemented"),
        ("$skip=10", 400, "Request_BadRequest"),
        ("$skiptoken=AAAA", 400, "Directory_InvalidPageToken"),
        ("$filter=shoeSize eq 1", 400, "BadRequest"),
        ("$filter=displayName", 400, "BadRequest"),
        ("$filter=contains(displayName,'a')", 400, "Request_UnsupportedQuery"),
        ("$filter=displayName ne 'a'", 400, "Request_UnsupportedQuery"),
        ("$filter=endswith(mail,'a')", 400, "Request_UnsupportedQuery"),
        ('$search="displayName:a"', 400, "Request_UnsupportedQuery"),
        ("$orderby=jobTitle", 400, "Request_UnsupportedQuery"),
        ("$expand=shoes", 400, "BadRequest"),
        ("$top=1&top=2", 400, "BadRequest"),
        ("$filter=" + " or ".join(["id eq 'a'"] * 16), 400, "Request_UnsupportedQuery"),
    ],
)
def test_bad_queries(sim: Simulator, contoso: Tenant, query: str, status: int, code: str) -> None:
    response = sim.graph(contoso, f"users?{query}")
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, code)
    assert {"date", "request-id", "client-request-id"} == error["innerError"].keys()
    assert error["innerError"]["request-id"] == response.headers["request-id"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"users/{uuid.UUID(int=5)}", 404, "Request_ResourceNotFound"),
        (f"groups/{uuid.UUID(int=5)}/members", 404, "Request_ResourceNotFound"),
        ("users/nobody@contoso.example", 404, "Request_ResourceNotFound"),
        ("shoes", 400, "BadRequest"),
        ("administrativeUnits", 400, "BadRequest"),
        ("users/$count", 400, "Request_BadRequest"),
    ],
)
def test_bad_paths(sim: Simulator, contoso: Tenant, path: str, status: int, code: str) -> None:
    response = sim.graph(contoso, path)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


def test_beta_is_not_played(sim: Simulator, contoso: Tenant) -> None:
    response = sim.graph(contoso, f"{sim.url}/beta/users")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "BadRequest")


def test_next_links_are_complete_and_keep_the_query(sim: Simulator, contoso: Tenant) -> None:
    pages = sim.pages(contoso, "users?$select=id,mail&$top=400&$count=true", **COUNT)
    assert [len(page["value"]) for page in pages] == [400, 400, 400]
    assert [page.get("@odata.count") for page in pages] == [1200, None, None]
    link = pages[0]["@odata.nextLink"]
    assert link.startswith(f"{sim.url}/v1.0/users?")
    assert {"$select", "$top", "$skiptoken"} <= {
        pair.partition("=")[0] for pair in urlsplit(link).query.split("&")
    }
    assert pages[0]["@odata.context"] == f"{sim.url}/v1.0/$metadata#users(id,mail)"
    other = link.replace("/users?", "/groups?").replace("id,mail", "id")
    assert sim.graph(contoso, other).status_code == 400


def test_nulls_are_shown_in_lists(sim: Simulator, contoso: Tenant) -> None:
    users = sim.items(contoso, "users?$select=jobTitle,department,mail&$top=999")
    assert all(user.keys() == {"jobTitle", "department", "mail"} for user in users)
    assert any(user["jobTitle"] is None for user in users)
    assert any(len(user["jobTitle"] or "") == 128 for user in users)


def test_people_are_as_different_as_real_ones(sim: Simulator, contoso: Tenant) -> None:
    select = "displayName,userType,accountEnabled,assignedLicenses,userPrincipalName"
    users = sim.items(contoso, f"users?$select={select}&$top=999")
    names = "".join(user["displayName"] for user in users)
    for script in "אعñ林В김ό👩'\"":
        assert script in names
    guests = [user for user in users if user["userType"] == "Guest"]
    assert 60 < len(guests) < 180
    assert all("#EXT#" in user["userPrincipalName"] for user in guests)
    wasted = [u for u in users if not u["accountEnabled"] and u["assignedLicenses"]]
    assert wasted
    assert any(len(user["assignedLicenses"]) > 1 for user in users)
    assert len({user["userPrincipalName"] for user in users}) == 1200


def test_licences_in_use_add_up(sim: Simulator, contoso: Tenant) -> None:
    users = sim.items(contoso, "users?$select=assignedLicenses&$top=999")
    held = [licence["skuId"] for user in users for licence in user["assignedLicenses"]]
    for sku in sim.items(contoso, "subscribedSkus"):
        assert sku["consumedUnits"] == held.count(sku["skuId"])


def test_expand_stops_at_twenty(sim: Simulator, contoso: Tenant) -> None:
    groups = sim.items(contoso, "groups?$expand=members($select=id)&$top=999")
    sizes = [len(group["members"]) for group in groups]
    assert max(sizes) == 20
    first = sim.pages(contoso, "groups?$expand=members&$top=999")[0]
    assert len(first["value"]) == 100
    users = sim.items(contoso, "users?$expand=manager($select=id)&$select=id&$top=100")
    assert any(user["manager"] for user in users)
    assert any(user["manager"] is None for user in users)


def test_sign_in_activity_has_rules_of_its_own(
    sim: Simulator, contoso: Tenant, new_tenant: Callable[..., Tenant]
) -> None:
    pages = sim.pages(contoso, "users?$select=id,signInActivity&$top=999")
    assert [len(page["value"]) for page in pages] == [500, 500, 200]
    found = {u["id"]: u["signInActivity"] for p in pages for u in p["value"] if len(u) > 1}
    assert found == {row.pop("id"): row for row in sim.truth(contoso, "sign-in-activity")}
    assert 900 < len(found) < 1200, "who never signed in has no such property, not even null"
    last = [activity["lastSignInDateTime"] or "" for activity in found.values()]
    assert "" in last, "some were only signed in by their programs"
    today = date.fromisoformat(sim.control("GET", f"tenants/{contoso.id}")["epoch"])
    days = sorted((today - date.fromisoformat(at[:10])).days for at in last if at)
    assert days[len(days) // 2] < 30, "most came lately"
    assert days[-1] > 180, "and some have not come for half a year"
    basic = new_tenant(premium=False)
    response = sim.graph(basic, "users?$select=id,signInActivity")
    code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    assert (response.status_code, response.json()["error"]["code"]) == (403, code)
    assert sim.graph(basic, "users?$select=id").status_code == 200


def test_sign_in_activity_needs_a_permission_of_its_own(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant(consent=False)
    path = f"tenants/{tenant.id}/consents/{CLIENT_ID}"
    sim.control("PUT", path, {"roles": ["User.Read.All"]})
    response = sim.graph(tenant, "users?$select=id,signInActivity")
    code = "Authentication_MSGraphPermissionMissing"
    assert (response.status_code, response.json()["error"]["code"]) == (403, code)
    assert "AuditLog.Read.All" in response.json()["error"]["message"]


def test_directory_roles_do_not_page(sim: Simulator, contoso: Tenant) -> None:
    assert sim.graph(contoso, "directoryRoles?$top=5").status_code == 400
    role = sim.items(contoso, "directoryRoles")[0]["id"]
    assert sim.graph(contoso, f"directoryRoles/{role}/members?$top=5").status_code == 400


def test_each_resource_needs_its_permission(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant(consent=False)
    roles = ["GroupMember.Read.All", "Organization.Read.All"]
    sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}", {"roles": roles})
    token = sim.app_token(tenant)
    open_to = {"groups": 200, "organization": 200, "subscribedSkus": 200, "users": 403}
    open_to |= {"devices": 403, "domains": 403, "servicePrincipals": 403, "directoryRoles": 403}
    assert {p: sim.graph(tenant, p, token=token).status_code for p in open_to} == open_to
    group = sim.graph(tenant, "groups", token=token).json()["value"][1]["id"]
    members = sim.graph(tenant, f"groups/{group}/members", token=token).json()["value"]
    user = next(m for m in members if m["@odata.type"].endswith("user"))
    assert user["id"]
    assert user["displayName"] is None, "of unreadable kinds only type and id are shown"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer abc", "Bearer a.b.c", "Basic YTpi"], ids=str
)
def test_bad_tokens(sim: Simulator, header: str) -> None:
    response = sim.http.get(f"{sim.url}/v1.0/users", headers={"Authorization": header}, timeout=10)
    assert (response.status_code, response.json()["error"]["code"]) == (
        401,
        "InvalidAuthenticationToken",
    )


def test_a_token_of_one_tenant_shows_only_that_one(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    one, two = new_tenant(seed=1), new_tenant(seed=2)
    ids = {user["id"] for user in sim.items(one, "users")}
    assert ids.isdisjoint(user["id"] for user in sim.items(two, "users"))
    twin = new_tenant(seed=1)
    assert {user["id"] for user in sim.items(twin, "users")} == ids, "the same seed, the same ids"


def test_headers_and_compression(sim: Simulator, contoso: Tenant) -> None:
    token = sim.app_token(contoso)
    plain = sim.graph(contoso, "users?$top=999", token=token, Accept_Encoding="identity")
    packed = sim.graph(contoso, "users?$top=999", token=token, Accept_Encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    asked = str(uuid.uuid4())
    named = sim.graph(contoso, "users?$top=999", token=token, client_request_id=asked)
    assert named.headers["client-request-id"] == asked
    assert named.headers["x-ms-resource-unit"] == "2"
    assert "ServerInfo" in named.headers["x-ms-ags-diagnostic"]
    assert named.headers["date"].endswith("GMT")


def test_objects_by_id(sim: Simulator, contoso: Tenant) -> None:
    user = sim.accounts(contoso)["user"]["oid"]
    upn = f"user@{contoso.domain}"
    for path in (f"users/{user}", f"users/{upn}", f"users('{user}')", f"directoryObjects/{user}"):
        assert sim.graph(contoso, path).json()["userPrincipalName"] == upn
    group = sim.truth(contoso, "groups")[0]["id"]
    device = sim.truth(contoso, "devices")[0]["id"]
    wanted = {"ids": [user, group, device, str(uuid.UUID(int=1))], "types": ["user", "group"]}
    headers = {"Authorization": f"Bearer {sim.app_token(contoso)}"}
    url = f"{sim.url}/v1.0/directoryObjects/getByIds"
    found = sim.http.post(url, json=wanted, headers=headers, timeout=10).json()["value"]
    assert {item["id"] for item in found} == {user, group}
    too_many = {"ids": [str(uuid.UUID(int=n)) for n in range(1001)]}
    assert sim.http.post(url, json=too_many, headers=headers, timeout=10).status_code == 400
