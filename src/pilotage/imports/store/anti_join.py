"""Deleting what has no partner in another set, whatever the planner believes about their sizes."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg.sql import Composed


def delete_unmatched(statement: Composed, values: Sequence[Any]) -> int:
    """Run a `delete … where not exists (…)`; returns how many rows went.

    Both sides have just been filled and have no statistics yet, so PostgreSQL takes them for small
    and would compare each row with each; hashing is right at any size.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(statement, values)
        removed = int(cursor.rowcount)
        cursor.execute("set local enable_nestloop = on")
    return removed
