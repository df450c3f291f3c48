"""Telling PostgreSQL's planner what it cannot know: how many rows there are and will be.

What it has counted of a table that was filled just now is nothing, so it takes it for small.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

_ROW_BY_ROW = "set local enable_hashjoin = off; set local enable_mergejoin = off"
_WITH_JOINS = "set local enable_hashjoin = on; set local enable_mergejoin = on"


@contextmanager
def row_by_row() -> Iterator[CursorWrapper]:
    """For a page's rows or fewer: each is looked up by its key, and the table is never read whole.

    Inside a transaction only.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROW_BY_ROW)
        yield cursor
        cursor.execute(_WITH_JOINS)


@contextmanager
def by_hash() -> Iterator[CursorWrapper]:
    """For all rows against all: each table is read once, and no row is compared with each other.

    Inside a transaction only.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        yield cursor
        cursor.execute("set local enable_nestloop = on")
