"""Writing one page's rows; call everything here inside the transaction of the page."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from pilotage.imports.store.merge import complete, merge
from pilotage.imports.store.stage import copy_into, stage
from pilotage.imports.store.table import Table
from pilotage.imports.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table as CSV for COPY (customer first); `count` of them, no key twice.

    `partial` is for changes that do not name all of an object's columns: the ids of the objects
    by the columns that are named.
    """

    table: Table
    text: bytes
    count: int
    partial: dict[frozenset[str], list[str]] = field(default_factory=dict)


def together(pages: list[Rows]) -> Rows:
    """The rows of several pages of a table; one with a `partial` cannot be put to others."""
    if len(pages) == 1:
        return pages[0]
    text = b"".join([rows.text for rows in pages])
    return Rows(pages[0].table, text, sum(rows.count for rows in pages))


def write_rows(rows: Rows, writing: Writing) -> int:
    """Insert or update; returns how many rows were new or differed.

    When the table should hold none of them they are copied straight in, which raises
    psycopg's UniqueViolation if it does after all. Else they go through a temporary table, and
    rows that are equal already are left untouched.
    """
    if not rows.count:
        return 0
    if writing.is_fresh and not rows.partial:
        copy_into(Identifier(rows.table.name), rows.table, rows.text)
        return rows.count
    stage(rows.table, rows.text)
    for columns, ids in rows.partial.items():
        complete(rows.table, columns, ids)
    return merge(rows.table, writing)


def is_empty(table: Table, customer_id: UUID) -> bool:
    """Whether the customer has no row in the table, not even a removed one."""
    statement = SQL("select exists (select 1 from {} where customer_id = %s)")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(Identifier(table.name)), [customer_id])
        found = cursor.fetchone()
    return not (found and found[0])
