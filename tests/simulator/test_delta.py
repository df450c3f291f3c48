"""Delta queries: a replica kept by them equals the truth, whatever was played."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.driver import Json, Simulator, Tenant

TRUTHS = {
    "users": "users",
    "groups": "groups",
    "devices": "devices",
    "servicePrincipals": "service-principals",
    "applications": "applications",
    "directoryRoles": "directory-roles",
    "directory/administrativeUnits": "administrative-units",
}


class Replica:
    """What a client knows that follows one delta chain."""

    def __init__(self, sim: Simulator, tenant: Tenant, path: str) -> None:
        self._sim, self._tenant = sim, tenant
        self.link = path
        self.objects: dict[str, Json] = {}
        self.members: set[tuple[str, str]] = set()
        self.pages = 0

    def follow(self, **headers: str) -> list[Json]:
        """Take one round in; gives its items."""
        items: list[Json] = []
        pages = self._sim.pages(self._tenant, self.link, **headers)
        for page in pages:
            for item in page["value"]:
                self._take(item)
                items.append(item)
        self.pages = len(pages)
        assert all("@odata.deltaLink" not in page for page in pages[:-1])
        self.link = pages[-1]["@odata.deltaLink"]
        return items

    def _take(self, item: Json) -> None:
        if "@removed" in item:
            self.objects.pop(item["id"], None)
            self.members = {pair for pair in self.members if pair[0] != item["id"]}
            return
        self.objects.setdefault(item["id"], {}).update(item)
        for member in item.get("members@delta", []):
            change = self.members.discard if "@removed" in member else self.members.add
            change((item["id"], member["id"]))


def play(sim: Simulator, tenant: Tenant, **changes: Any) -> Json:
    done: Json = sim.control("POST", f"tenants/{tenant.id}/changes", changes)
    return done


def members_now(sim: Simulator, tenant: Tenant) -> set[tuple[str, str]]:
    return {(r["group_id"], r["member_id"]) for r in sim.truth(tenant, "memberships")}


@pytest.mark.parametrize("resource", TRUTHS)
def test_the_first_round_is_the_truth(sim: Simulator, contoso: Tenant, resource: str) -> None:
    replica = Replica(sim, contoso, f"{resource}/delta")
    replica.follow()
    assert replica.objects.keys() == {row["id"] for row in sim.truth(contoso, TRUTHS[resource])}
    assert replica.follow() == []


def test_replicas_keep_up(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=700)
    chains = {
        name: Replica(sim, tenant, f"{name}/delta") for name in ("users", "groups", "devices")
    }
    for chain in chains.values():
        chain.follow()
    for seed in range(4):
        many = {f"{name}_{what}": 5 for name in chains for what in ("added", "updated", "deleted")}
        done = play(
            sim, tenant, seed=seed, users_restored=2, groups_restored=1, memberships_added=30,
            memberships_deleted=30, **many,
        )  # fmt: skip
        assert done["memberships_added"] == 30
        for name, chain in chains.items():
            chain.follow()
            assert chain.objects.keys() == {row["id"] for row in sim.truth(tenant, TRUTHS[name])}
        now = members_now(sim, tenant)
        assert chains["groups"].members == now
        counts = sim.control("GET", f"tenants/{tenant.id}")["counts"]
        assert counts["memberships"] == len(now)
        listed = {user["id"] for user in sim.items(tenant, "users?$top=200")}
        assert listed == chains["users"].objects.keys()


def test_updates_carry_new_values(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant()
    users = Replica(sim, tenant, "users/delta?$select=displayName,jobTitle,mail")
    users.follow()
    one = sim.accounts(tenant)["user"]["oid"]
    new = {"displayName": "Uma Renamed", "jobTitle": None}
    play(sim, tenant, update=[{"id": one, "set": new}])
    assert users.follow(Prefer="return=minimal") == [{"id": one, **new}]
    assert sim.graph(tenant, f"users/{one}").json()["displayName"] == "Uma Renamed"


def test_never_set_properties_are_left_out(sim: Simulator, contoso: Tenant) -> None:
    replica = Replica(sim, contoso, "users/delta?$select=jobTitle,mail")
    items = replica.follow()
    assert any("jobTitle" not in item for item in items)
    assert all(value is not None for item in items for value in item.values())
    assert replica.pages == 6, "200 users a page, whatever $top says"


def test_deleted_and_removed_for_good(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant()
    users, groups = Replica(sim, tenant, "users/delta"), Replica(sim, tenant, "groups/delta")
    users.follow()
    groups.follow()
    soft, hard = list(users.objects)[-2:]
    before = {pair for pair in groups.members if pair[1] == soft}
    play(sim, tenant, delete=[soft], delete_for_good=[hard])
    reasons = {item["id"]: item["@removed"]["reason"] for item in users.follow()}
    assert reasons == {soft: "changed", hard: "deleted"}
    groups.follow()
    assert groups.members == members_now(sim, tenant)
    assert sim.graph(tenant, f"users/{soft}").status_code == 404
    play(sim, tenant, restore=[soft])
    assert [item["id"] for item in users.follow()] == [soft]
    groups.follow()
    assert {pair for pair in groups.members if pair[1] == soft} == before
    refused = sim.raw_control("POST", f"tenants/{tenant.id}/changes", {"restore": [hard]})
    assert refused.status_code == 400


def test_sync_from_now(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant()
    latest = Replica(sim, tenant, "users/delta?$deltatoken=latest&$select=id")
    assert latest.follow() == []
    play(sim, tenant, users_added=3)
    assert len(latest.follow()) == 3


@pytest.mark.parametrize("resource", TRUTHS)
def test_everything_can_be_followed_from_now_on(
    sim: Simulator, contoso: Tenant, resource: str
) -> None:
    latest = Replica(sim, contoso, f"{resource}/delta?$deltatoken=latest")
    assert latest.follow() == [], "an empty page and a deltaLink"
    assert latest.pages == 1
    assert latest.follow() == [], "and nothing happened since"


def test_memberships_of_fifty_groups_at_once(sim: Simulator, contoso: Tenant) -> None:
    ids = [row["id"] for row in sim.truth(contoso, "groups")]
    truth, found = members_now(sim, contoso), set()
    for start in range(0, len(ids), 50):
        text = " or ".join(f"id eq '{object_id}'" for object_id in ids[start : start + 50])
        chunk = Replica(sim, contoso, f"groups/delta?$select=members&$filter={text}")
        chunk.follow()
        assert chunk.objects.keys() == set(ids[start : start + 50])
        found |= chunk.members
    assert found == truth
    text = " or ".join(f"id eq '{object_id}'" for object_id in ids[:51])
    refused = sim.graph(contoso, f"groups/delta?$filter={text}")
    assert refused.status_code == 400


def test_a_large_group_comes_in_pieces(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=6000, groups=4, memberships=9000)
    groups = Replica(sim, tenant, "groups/delta?$select=members")
    items = groups.follow()
    assert len(items) > len(groups.objects), "a group repeats on the pages after"
    assert max(len(item["members@delta"]) for item in items) == 2000
    assert groups.members == members_now(sim, tenant)
    member = next(iter(groups.members))[1]
    play(sim, tenant, delete=[member])
    groups.follow()
    assert groups.members == members_now(sim, tenant)


def test_roles_lose_and_gain_members(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant()
    roles = Replica(sim, tenant, "directoryRoles/delta")
    roles.follow()
    admin, user = (sim.accounts(tenant)[name]["oid"] for name in ("admin", "user"))
    role = next(pair[0] for pair in roles.members if pair[1] == admin)
    pairs = [{"group_id": role, "member_id": member} for member in (admin, user)]
    play(sim, tenant, remove_members=pairs[:1], add_members=pairs[1:])
    roles.follow()
    assert roles.members == {
        (row["role_id"], row["member_id"]) for row in sim.truth(tenant, "role-members")
    }
    assert sim.accounts(tenant)["admin"]["role"] == "Ordinary user"
    path = f"users/{admin}/transitiveMemberOf/microsoft.graph.directoryRole"
    assert sim.items(tenant, path) == []


def test_expired_tokens_in_both_forms(sim: Simulator, contoso: Tenant) -> None:
    replica = Replica(sim, contoso, "devices/delta")
    replica.follow()
    sim.fault("expired_delta", id="old", match={"tenant_id": contoso.id})
    gone = sim.graph(contoso, replica.link)
    assert gone.status_code == 410
    assert gone.headers["location"] == f"{sim.url}/v1.0/devices/delta?$deltatoken="
    options = {"form": "sync_state_not_found"}
    sim.fault("expired_delta", id="old", match={"tenant_id": contoso.id}, options=options)
    refused = sim.graph(contoso, replica.link)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "syncStateNotFound")
    assert sim.graph(contoso, "devices/delta").status_code == 200
    restarted = sim.graph(contoso, gone.headers["location"])
    assert len(restarted.json()["value"]) == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("users/delta?$select=signInActivity", 501),
        ("users/delta?$select=skills", 501),
        ("users/delta?$filter=accountEnabled eq true", 400),
        ("devices/delta?$filter=id eq 'x'", 400),
        ("users/delta?$deltatoken=invented", 400),
        ("users/delta?$top=5", 200),
    ],
)
def test_what_delta_does_not_do(sim: Simulator, contoso: Tenant, path: str, status: int) -> None:
    assert sim.graph(contoso, path).status_code == status
