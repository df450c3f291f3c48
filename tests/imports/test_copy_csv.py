"""Rows that are rendered for COPY come out of PostgreSQL as they went in."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.imports.store.copy_csv import (
    OPTIONS,
    literal,
    rendered,
    rendered_words,
)

# PostgreSQL stores every character but NUL; halves of characters are none.
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
AWKWARD = st.sampled_from(
    [
        "",
        "null",
        "NULL",
        "\\N",
        "\\.",
        "\n\\.\n",
        '"',
        '\\"',
        "a,b",
        "{a,b}",
        "\t",
        "\r\n",
        "\\n",
        "\x01",
        "\x01,\x01",
        "\\u0001",
    ]
)
VALUE = st.one_of(AWKWARD, TEXT)
ROW = st.tuples(
    VALUE,
    st.none() | VALUE,
    st.none() | st.booleans(),
    st.none() | st.integers(-(2**31), 2**31 - 1),
    st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
    st.none() | st.lists(VALUE, max_size=4),
    st.dictionaries(VALUE, st.none() | VALUE | st.lists(VALUE, max_size=2), max_size=3),
)

pytestmark = pytest.mark.django_db
relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _stored(columns: str, text: bytes) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.kept")
        cursor.execute(f"create temporary table kept ({columns})")
        with cursor.copy(f"copy kept from stdin {OPTIONS}") as copy:
            copy.write(text)
        cursor.execute("select * from kept order by ctid")
        return list(cursor.fetchall())


@relaxed
@given(st.lists(ROW, max_size=5), VALUE)
def test_rows_come_back(rows: list[tuple[Any, ...]], first: str) -> None:
    last = [msgspec.json.encode(row[6]) for row in rows]
    cells = [(*row[:5], literal(row[5])) for row in rows]
    columns = "f text, a text, b text, c bool, d int, e timestamptz, l text[], j text"
    found = _stored(columns, rendered(cells, (first,), last=last))
    assert [row[:7] for row in found] == [(first, *row[:6]) for row in rows]
    assert [msgspec.json.decode(row[7]) for row in found] == [row[6] for row in rows]


@relaxed
@given(st.lists(st.tuples(VALUE, VALUE), max_size=5))
def test_words_come_back(rows: list[tuple[str, str]]) -> None:
    found = _stored("f text, a text, b text", rendered_words(rows, ("first",)))
    assert found == [("first", *row) for row in rows]


def test_a_moment_without_a_zone_is_utc() -> None:
    text = rendered([(datetime(2026, 1, 2, 3, 4),)], ("x",))
    assert _stored("f text, a timestamptz", text) == [("x", datetime(2026, 1, 2, 3, 4, tzinfo=UTC))]


def test_nul_is_dropped() -> None:
    assert _stored("f text, a text", rendered([("a\x00b",)], ("x",))) == [("x", "ab")]
