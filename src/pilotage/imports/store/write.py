"""Writing one page's rows; call everything here inside the transaction of the page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from pilotage.imports.store.merge import complete, merge
from pilotage.imports.store.planner import row_by_row
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
    """The rows of several pages of a table, which have no key in common."""
    if len(pages) == 1:
        return pages[0]
    partial: dict[frozenset[str], list[str]] = {}
    for rows in pages:
        for names, ids in rows.partial.items():
            partial.setdefault(names, []).extend(ids)
    text = b"".join([rows.text for rows in pages])
    return Rows(pages[0].table, text, sum(rows.count for rows in pages), partial)


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
    with row_by_row():
        if rows.partial:
            complete(rows.table, rows.partial)
        return merge(rows.table, writing)


def which_are_empty(tables: Iterable[Table], customer_id: UUID) -> set[Table]:
    """Of some tables those in which the customer has no row, not even a removed one."""
    asked = list(tables)
    one = SQL("not exists (select 1 from {} where customer_id = %(customer)s)")
    statement = SQL("select ") + SQL(", ").join(one.format(Identifier(t.name)) for t in asked)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"customer": customer_id})
        found = cursor.fetchone() or ()
    return {table for table, is_empty in zip(asked, found, strict=True) if is_empty}
