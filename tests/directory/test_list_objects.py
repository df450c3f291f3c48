"""Lists of the directory: search, choices, pages, and who may see them."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.directory.list_objects import Wanted, all_objects, count_objects, list_objects
from pilotage.directory.lists import DEVICES, GROUPS, KINDS, USERS, Kind
from pilotage.directory.models import User
from pilotage.kernel import clock
from pilotage.kernel.errors import Invalid
from tests.cast import World
from tests.directory.people import COPILOT, E3, imported, tell_sign_ins


def ids(world: World, customer_id: object, kind: Kind, **wanted: str) -> list[str]:
    page = list_objects(world.viewer, customer_id, kind, Wanted(**wanted))  # type: ignore[arg-type]
    return [row.id for row in page.rows]


def test_users_are_sorted_by_name_whatever_their_case(world: World) -> None:
    customer = imported(world)
    assert ids(world, customer.id, USERS) == ["cy", "ada", "bo", "zoe"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"search": "BAKER"}, ["bo"]),
        ({"search": "zoë"}, ["zoe"]),
        ({"search": "ŻAK zoë"}, ["zoe"]),
        ({"search": "cy@wide"}, ["cy"]),
        ({"search": "<script>"}, ["cy"]),
        ({"search": "%"}, []),
        ({"search": "a_a"}, []),
        ({"search": "\0 \ud800 archer"}, ["ada"]),
        ({"show": "disabled"}, ["bo"]),
        ({"show": "guests"}, ["zoe"]),
        ({"show": "unlicensed"}, ["zoe"]),
        ({"show": "disabled_with_licence"}, ["bo"]),
        ({"show": "unused_90"}, ["cy"]),
        ({"show": "unused_30", "search": "ada"}, []),
        ({"licence": COPILOT}, ["ada"]),
        ({"licence": E3, "show": "disabled"}, ["bo"]),
        ({"licence": "none such"}, []),
    ],
)
def test_search_and_choices(world: World, wanted: dict[str, str], found: list[str]) -> None:
    customer = imported(world)
    tell_sign_ins(customer)
    assert ids(world, customer.id, USERS, **wanted) == found
    count = count_objects(world.viewer, customer.id, USERS, Wanted(**wanted))
    assert count == len(found)


def test_every_choice_of_every_kind_can_be_made(world: World) -> None:
    customer = imported(world)
    for kind in KINDS.values():
        everything = set(ids(world, customer.id, kind))
        for show in kind.shows:
            assert set(ids(world, customer.id, kind, show=show)) <= everything
    assert ids(world, customer.id, GROUPS, show="microsoft_365") == ["team"]
    assert ids(world, customer.id, GROUPS, show="dynamic") == ["doors"]
    assert ids(world, customer.id, DEVICES, show="ios") == ["phone"]
    assert ids(world, customer.id, DEVICES, show="compliant") == ["laptop"]


def test_pages_hold_each_object_once_also_when_names_are_the_same(world: World) -> None:
    customer = imported(world)
    for n in range(7):
        User.objects.create(customer=customer, id=f"same-{n}", display_name="Same Name")
    User.objects.create(customer=customer, id="nameless")
    seen: list[str] = []
    cursor = ""
    while True:
        page = list_objects(world.viewer, customer.id, USERS, Wanted(), cursor=cursor, size=3)
        seen += [row.id for row in page.rows]
        if not (cursor := page.next):
            break
    assert len(seen) == len(set(seen)) == 12
    before = list_objects(world.viewer, customer.id, USERS, Wanted(), cursor=page.previous, size=3)
    assert [row.id for row in before.rows] == seen[6:9]
    assert [row.id for row in all_objects(world.viewer, customer.id, USERS, Wanted())] == seen


def test_what_was_removed_is_not_listed(world: World) -> None:
    customer = imported(world)
    User.objects.filter(customer=customer, id="ada").update(removed_at=clock.now())
    assert "ada" not in ids(world, customer.id, USERS)


@pytest.mark.parametrize(
    ("kind", "wanted", "cursor"),
    [
        (USERS, Wanted(show="painted"), ""),
        (GROUPS, Wanted(licence=E3), ""),
        (USERS, Wanted(), "x"),
        (USERS, Wanted(), "WyJmIiwgImEiXQ"),
    ],
)
def test_wrong_input_is_refused(world: World, kind: Kind, wanted: Wanted, cursor: str) -> None:
    customer = imported(world)
    with pytest.raises(Invalid):
        list_objects(world.viewer, customer.id, kind, wanted, cursor=cursor)


def test_a_stranger_finds_no_customer(world: World) -> None:
    customer = imported(world)
    with pytest.raises(CustomerNotFound):
        list_objects(world.stranger, customer.id, USERS, Wanted())


def test_another_customers_objects_stay_apart(world: World) -> None:
    imported(world)
    empty = world.add_customer(organization_name="Fourth Coffee")
    assert not ids(world, empty.id, USERS)
