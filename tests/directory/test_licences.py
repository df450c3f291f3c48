"""What was bought, who holds it, and what of it is wasted."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.directory.details import get_details
from pilotage.directory.errors import ObjectNotFound
from pilotage.directory.licences import insights, list_licences
from pilotage.directory.lists import GROUPS, USERS
from tests.cast import World
from tests.directory.people import imported, tell_sign_ins


def test_products_with_what_is_wasted_of_them(world: World) -> None:
    customer = imported(world)
    tell_sign_ins(customer)
    copilot, e3, free = list_licences(world.viewer, customer.id)
    assert (copilot.name, copilot.bought, copilot.free) == ("Microsoft 365 Copilot", 1, 0)
    assert (e3.name, e3.bought, e3.assigned, e3.free, e3.on_disabled) == (
        "Microsoft 365 E3", 5, 3, 2, 1,
    )  # fmt: skip
    assert e3.unused == {30: 1, 60: 1, 90: 1} and copilot.unused[30] == 0
    assert free.is_free


def test_what_could_be_saved_leaves_out_what_costs_nothing(world: World) -> None:
    customer = imported(world)
    tell_sign_ins(customer)
    found = insights(world.viewer, customer.id)
    assert (found.bought, found.assigned, found.unassigned) == (6, 4, 2)
    assert (found.on_disabled, found.disabled_accounts) == (1, 1)
    assert found.unused_accounts == {30: 1, 60: 1, 90: 1} == found.on_unused


def test_without_sign_ins_nobody_is_called_unused(world: World) -> None:
    customer = imported(world)
    found = insights(world.viewer, customer.id)
    assert found.unused_accounts is None and found.on_unused is None
    assert all(not licence.unused for licence in list_licences(world.viewer, customer.id))


def test_a_user_with_products_groups_and_roles(world: World) -> None:
    customer = imported(world)
    ada = get_details(world.viewer, customer.id, USERS, "ada")
    assert ada.products == ["Microsoft 365 Copilot", "Microsoft 365 E3"]
    assert [link.name for link in ada.groups] == ["Team"]
    assert [link.name for link in ada.roles] == ["Global Administrator"]


def test_a_group_with_its_members(world: World) -> None:
    customer = imported(world)
    team = get_details(world.viewer, customer.id, GROUPS, "team")
    assert [(link.name, link.kind) for link in team.members] == [
        ("Ada Archer", "user"), ("Doors", "group"),
    ]  # fmt: skip
    doors = get_details(world.viewer, customer.id, GROUPS, "doors")
    assert [link.id for link in doors.groups] == ["team"]


def test_what_is_not_there_is_not_found(world: World) -> None:
    customer = imported(world)
    with pytest.raises(ObjectNotFound):
        get_details(world.viewer, customer.id, GROUPS, "ada")
    for query in (list_licences, insights):
        with pytest.raises(CustomerNotFound):
            query(world.stranger, customer.id)
