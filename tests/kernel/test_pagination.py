"""Keyset pages."""

import base64
import json

import pytest

from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.events.record import record
from pilotage.kernel.errors import Invalid
from pilotage.kernel.pagination import COUNT_CAP, capped_count, paginate
from tests.cast import World

NAMES = ["Alpine", "Bellows", "Contoso", "Contoso", "Fabrikam", "Zava"]


@pytest.fixture
def customers(world: World) -> None:
    for number, name in enumerate(NAMES):
        world.add_customer(organization_name=name, notification_email=f"a{number}@wide.example")


def walk(order: str, size: int) -> list[str]:
    names: list[str] = []
    cursor = ""
    while True:
        page = paginate(Customer.objects.all(), order=order, cursor=cursor, size=size)
        names += [c.organization_name for c in page.rows]
        if not page.next:
            return names
        cursor = page.next


@pytest.mark.parametrize("size", [1, 2, 5, 6, 10])
def test_forwards_shows_each_row_once(customers: None, size: int) -> None:
    assert walk("organization_name", size) == NAMES
    assert walk("-organization_name", size) == NAMES[::-1]


def test_backwards_comes_to_the_same_pages(customers: None) -> None:
    rows = Customer.objects.all()
    first = paginate(rows, order="organization_name", size=2)
    second = paginate(rows, order="organization_name", size=2, cursor=first.next)
    back = paginate(rows, order="organization_name", size=2, cursor=second.previous)
    assert [c.id for c in back.rows] == [c.id for c in first.rows]
    assert (first.previous, back.previous) == ("", "")


def test_pages_by_time_too(world: World) -> None:
    for _ in range(5):
        record(world.admin, "customer.edited")
    first = paginate(Event.objects.all(), order="-at", size=3)
    rest = paginate(Event.objects.all(), order="-at", size=3, cursor=first.next)
    assert len(first.rows) == 3
    assert len({e.id for e in [*first.rows, *rest.rows]}) == Event.objects.count()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "WyJmIiwgMV0",
        "bnVsbA",
        "eyJhIjoxfQ",
        "é",
        "WyJmIiwiYSIsImIiXQ",
        "W1tdLCAieCIsICJ5Il0",
        "W3siYSI6IDF9LCAieCIsICJ5Il0",
        "WyJmIiwgImFcdTAwMDAiLCAiYiJd",
        "WyJmIiwgIlx1ZDgwMCIsICJiIl0",
    ],
)
def test_a_damaged_cursor_is_an_answer_not_a_crash(customers: None, cursor: str) -> None:
    with pytest.raises(Invalid):
        paginate(Customer.objects.all(), order="organization_name", cursor=cursor)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_moment_beyond_the_calendar_is_a_damaged_cursor(world: World, moment: str) -> None:
    text = json.dumps(["f", moment, str(world.harbour.id)])
    cursor = base64.urlsafe_b64encode(text.encode()).decode()
    with pytest.raises(Invalid):
        paginate(Event.objects.all(), order="-at", cursor=cursor)


def test_a_cursor_that_is_nested_without_end(customers: None) -> None:
    cursor = base64.urlsafe_b64encode(b"[" * 30_000).decode()
    with pytest.raises(Invalid):
        paginate(Customer.objects.all(), order="organization_name", cursor=cursor)


def test_the_comparison_is_a_row_value(customers: None) -> None:
    rows = Customer.objects.all()
    first = paginate(rows, order="organization_name", size=2)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        paginate(rows, order="organization_name", size=2, cursor=first.next)
    sql = queries[0]["sql"]
    assert '("customers_customer"."organization_name", "customers_customer"."id") > (' in sql


def test_counting_stops_at_the_cap(customers: None) -> None:
    assert capped_count(Customer.objects.all()) == len(NAMES) <= COUNT_CAP
