"""Administrative units: below /directory only, with members of several kinds, and followed."""

from collections.abc import Callable

from tests.simulator.driver import CLIENT_ID, Simulator, Tenant
from tests.simulator.test_delta import Replica, play

UNITS = "directory/administrativeUnits"


def pairs(sim: Simulator, tenant: Tenant) -> set[tuple[str, str]]:
    rows = sim.truth(tenant, "administrative-unit-members")
    return {(row["unit_id"], row["member_id"]) for row in rows}


def test_members_are_the_truth(sim: Simulator, contoso: Tenant) -> None:
    truth, found, kinds = pairs(sim, contoso), set(), set()
    units = [unit["id"] for unit in sim.items(contoso, f"{UNITS}?$select=id")]
    for unit in units:
        pages = sim.pages(contoso, f"{UNITS}/{unit}/members?$select=id&$top=99")
        members = [member for page in pages for member in page["value"]]
        found |= {(unit, member["id"]) for member in members}
        kinds |= {member["@odata.type"] for member in members}
    assert found == truth
    assert kinds == {f"#microsoft.graph.{kind}" for kind in ("user", "group", "device")}
    sizes = [sum(pair[0] == unit for pair in truth) for unit in units]
    assert min(sizes) == 0
    assert max(sizes) >= 300
    assert sim.graph(contoso, f"{UNITS}/{units[0]}").json()["id"] == units[0]
    eventual = {"ConsistencyLevel": "eventual"}
    assert int(sim.graph(contoso, f"{UNITS}/$count", **eventual).text) == len(units)


def test_delta_tells_units_and_members(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=900)
    units = Replica(sim, tenant, f"{UNITS}/delta?$select=displayName,members")
    units.follow()
    assert units.objects.keys() == {row["id"] for row in sim.truth(tenant, "administrative-units")}
    assert units.members == pairs(sim, tenant)
    unit, member = sorted(units.members)[0]
    user = sim.accounts(tenant)["user"]["oid"]
    other = next(id for id in units.objects if (id, user) not in units.members)
    play(
        sim, tenant, remove_members=[{"group_id": unit, "member_id": member}],
        add_members=[{"group_id": other, "member_id": user}],
        update=[{"id": other, "set": {"displayName": "Renamed"}}],
    )  # fmt: skip
    units.follow()
    assert units.members == pairs(sim, tenant)
    assert units.objects[other]["displayName"] == "Renamed"
    gone = next(id for id in units.objects if id != other)
    play(sim, tenant, delete=[gone])
    units.follow()
    assert gone not in units.objects


def test_who_is_deleted_leaves_and_who_is_restored_is_back(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant(users=300)
    units = Replica(sim, tenant, f"{UNITS}/delta?$select=members")
    roles = Replica(sim, tenant, "directoryRoles/delta")
    units.follow()
    roles.follow()
    admin = sim.accounts(tenant)["admin"]["oid"]
    before = (set(units.members), set(roles.members))
    assert any(admin in pair for pair in units.members)
    assert any(admin in pair for pair in roles.members)
    play(sim, tenant, delete=[admin])
    units.follow()
    roles.follow()
    assert not any(admin in pair for pair in units.members | roles.members)
    assert units.members == pairs(sim, tenant)
    play(sim, tenant, restore=[admin])
    units.follow()
    roles.follow()
    assert (units.members, roles.members) == before


def test_they_need_their_permission(sim: Simulator, new_tenant: Callable[..., Tenant]) -> None:
    tenant = new_tenant(users=200, consent=False)
    path = f"tenants/{tenant.id}/consents/{CLIENT_ID}"
    sim.control("PUT", path, {"roles": ["User.Read.All"]})
    unit = sim.truth(tenant, "administrative-units")[0]["id"]
    for asked in (UNITS, f"{UNITS}/delta", f"{UNITS}/{unit}/members"):
        assert sim.graph(tenant, asked).status_code == 403
