"""What the made directory promises, over sizes at which arithmetic likes to be off by one."""

import pytest

from microsoft365_simulator.tenants.definition import TenantRequest, define
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.memberships import Member


def directory(users: int, groups: int, memberships: int, devices: int) -> Directory:
    request = TenantRequest(
        name="Contoso",
        domain="contoso.example",
        users=users,
        groups=groups,
        memberships=memberships,
        devices=devices,
    )
    return Directory(define(request))


@pytest.mark.parametrize("users", [10, 11, 37, 600])
@pytest.mark.parametrize(
    "sizes", [(0, 0, 0), (1, 100, 1), (2, 0, 4), (7, 1, 0), (50, 5000, 3)], ids=str
)
def test_memberships_read_both_ways(users: int, sizes: tuple[int, int, int]) -> None:
    made = directory(users, *sizes)
    pairs = [(g, m) for g in made.groups.all_indices() for m in made.memberships.members(g)]
    assert len(pairs) == len(set(pairs)) == made.membership_count()
    everything: list[Member] = [
        (found.kind.code, index)
        for found in (made.users, made.groups, made.devices)
        for index in found.all_indices()
    ]
    groups_of = {member: {g for g, m in pairs if m == member} for member in everything[:200]}
    assert {member: set(made.groups_of(member)) for member in groups_of} == groups_of
    many = made.made.groups_of_users(set(range(users)))
    assert all(sorted(many[user]) == sorted(made.groups_of((1, user))) for user in many)


@pytest.mark.parametrize("users", [10, 281, 1234, 60_000])
def test_names_are_unique_and_ids_lead_back(users: int) -> None:
    made = directory(users, 2, 0, 0)
    rows = made.users.rows(range(users), ("id", "userPrincipalName"))
    assert len({row["userPrincipalName"] for row in rows}) == users
    for index in (0, 5, users // 2, users - 1):
        assert made.find(str(rows[index]["id"])) == (1, index)
        assert made.find_user(str(rows[index]["userPrincipalName"]).upper()) == index
    assert made.find("00000000-0000-0000-0000-000000000000") is None


def test_sizes_are_met_and_heavy_tailed() -> None:
    made = directory(50_000, 10_000, 200_000, 20_000)
    assert made.membership_count() == 200_000
    sizes = sorted((len(made.memberships.members(g)) for g in range(10_000)), reverse=True)
    assert sum(sizes) == 200_000
    assert sizes[0] > 10_000
    assert sizes[5000] < 10
    assert sizes.count(0) > 500
