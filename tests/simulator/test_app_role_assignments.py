"""Who has which role of which application: the same from both sides."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.simulator.driver import CLIENT_ID, Json, Simulator, Tenant

DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def truth(sim: Simulator, contoso: Tenant) -> list[Json]:
    return sim.truth(contoso, "app-role-assignments")


def test_each_application_tells_its_own(sim: Simulator, contoso: Tenant) -> None:
    truth = sim.truth(contoso, "app-role-assignments")
    applications = [row["id"] for row in sim.truth(contoso, "service-principals")]
    found = [
        item
        for application in applications
        for item in sim.items(
            contoso, f"servicePrincipals/{application}/appRoleAssignedTo?$top=999"
        )
    ]
    assert sorted(found, key=lambda item: item["id"]) == sorted(truth, key=lambda item: item["id"])
    assert len({item["id"] for item in found}) == len(found)


def test_a_few_are_popular_and_most_are_not(
    sim: Simulator, contoso: Tenant, truth: list[Json]
) -> None:
    sizes = Counter(item["resourceId"] for item in truth)
    assert sizes.most_common(1)[0][1] >= 1200 * 3 // 5
    total = len(sim.truth(contoso, "service-principals"))
    assert sum(size < 20 for size in sizes.values()) + total - len(sizes) > total / 2
    assert total > len(sizes), "some have nobody"
    assert {item["principalType"] for item in truth} == {"User", "Group", "ServicePrincipal"}


def test_roles_are_those_the_application_offers(
    sim: Simulator, contoso: Tenant, truth: list[Json]
) -> None:
    listed = sim.items(contoso, "servicePrincipals?$select=id,displayName,appRoles&$top=999")
    offered = {row["id"]: {role["id"] for role in row["appRoles"]} for row in listed}
    names = {row["id"]: row["displayName"] for row in listed}
    for item in truth:
        assert item["appRoleId"] in (offered[item["resourceId"]] or {DEFAULT_ACCESS})
        assert item["resourceDisplayName"] == names[item["resourceId"]]
    pairs = Counter((item["resourceId"], item["principalId"]) for item in truth)
    assert max(pairs.values()) > 1, "somebody has two roles of one application"


def test_from_the_side_of_the_holder(sim: Simulator, contoso: Tenant, truth: list[Json]) -> None:
    for kind, path in (("User", "users"), ("ServicePrincipal", "servicePrincipals")):
        holder = next(item["principalId"] for item in truth if item["principalType"] == kind)
        token = _token_with(sim, contoso, "Directory.Read.All")
        found = sim.graph(contoso, f"{path}/{holder}/appRoleAssignments?$top=999", token=token)
        ids = {item["id"] for item in found.json()["value"]}
        assert ids == {item["id"] for item in truth if item["principalId"] == holder}


def _token_with(sim: Simulator, tenant: Tenant, role: str) -> str:
    """A token with one permission; the consent is put back as it was."""
    path = f"tenants/{tenant.id}/consents/{CLIENT_ID}"
    sim.control("PUT", path, {"roles": [role]})
    token = sim.app_token(tenant)
    sim.control("PUT", path)
    return token


def test_what_consent_granted_is_an_assignment_to_graph(sim: Simulator, contoso: Tenant) -> None:
    principals = sim.items(contoso, "servicePrincipals?$select=id,appId,appRoles")
    graph = next(p for p in principals if p["appId"].startswith("00000003-0000-0000-c000"))
    names = {role["id"]: role["value"] for role in graph["appRoles"]}
    mine = next(p["id"] for p in principals if p["appId"] == CLIENT_ID)
    granted = sim.items(contoso, f"servicePrincipals/{mine}/appRoleAssignments")
    assert {item["resourceId"] for item in granted} == {graph["id"]}
    assert "User.Read.All" in {names.get(item["appRoleId"]) for item in granted}
    held = sim.items(contoso, f"servicePrincipals/{graph['id']}/appRoleAssignedTo?$top=5")
    assert {a["id"] for a in granted} == {a["id"] for a in held if a["principalId"] == mine}


def test_pages_selection_and_refusals(sim: Simulator, contoso: Tenant, truth: list[Json]) -> None:
    largest = Counter(item["resourceId"] for item in truth).most_common(1)[0][0]
    path = f"servicePrincipals/{largest}/appRoleAssignedTo"
    pages = sim.pages(contoso, f"{path}?$select=id,principalId")
    assert {len(page["value"]) for page in pages[:-1]} == {100}
    assert pages[0]["value"][0].keys() == {"id", "principalId"}
    for query in ("$select=shoeSize", "$filter=principalId eq 'a'", "$top=1000"):
        assert sim.graph(contoso, f"{path}?{query}").status_code == 400
    token = _token_with(sim, contoso, "User.Read.All")
    assert sim.graph(contoso, path, token=token).status_code == 403
    person = next(item["principalId"] for item in truth if item["principalType"] == "User")
    refused = sim.graph(contoso, f"users/{person}/appRoleAssignments")
    assert refused.status_code == 403, "from this side Application.Read.All is not enough"


def test_assignments_come_and_go(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=40)
    rows = sim.truth(tenant, "app-role-assignments")
    gone = next(row for row in rows if row["principalType"] == "User")
    user = sim.accounts(tenant)["user"]["oid"]
    principals = sim.truth(tenant, "service-principals")
    application = next(
        p["id"] for p in principals if p["displayName"] == "Office 365 Exchange Online"
    )
    added = {"group_id": application, "member_id": user}
    removed = {"group_id": gone["resourceId"], "member_id": gone["principalId"]}
    changes = {"add_members": [added], "remove_members": [removed]}
    sim.control("POST", f"tenants/{tenant.id}/changes", changes)
    path = f"servicePrincipals/{application}/appRoleAssignedTo"
    assert [item["principalId"] for item in sim.items(tenant, path)] == [user]
    now = {row["id"] for row in sim.truth(tenant, "app-role-assignments")}
    assert gone["id"] not in now
    deleted = {"delete": [user]}
    sim.control("POST", f"tenants/{tenant.id}/changes", deleted)
    assert sim.items(tenant, path) == []


def test_expanding_stops_at_twenty(sim: Simulator, contoso: Tenant) -> None:
    everybody = Counter(a["resourceId"] for a in sim.truth(contoso, "app-role-assignments"))
    path = "servicePrincipals?$select=id&$expand=appRoleAssignedTo($select=id,appRoleId)&$top=999"
    listed = sim.items(contoso, path)
    assert {row["id"]: len(row["appRoleAssignedTo"]) for row in listed} == {
        row["id"]: min(20, everybody[row["id"]]) for row in listed
    }
    assert max(everybody.values()) > 20
    assert {tuple(item) for row in listed for item in row["appRoleAssignedTo"]} == {
        ("id", "appRoleId")
    }
