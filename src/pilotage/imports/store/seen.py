"""Remembering what a collector has read, and marking as removed what it has not."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier

from pilotage.imports.models import SeenObject
from pilotage.imports.store.copy_csv import OPTIONS, rendered
from pilotage.imports.store.planner import by_hash, row_by_row
from pilotage.imports.store.table import REMOVED, Table
from pilotage.imports.store.writing import Writing

Key = tuple[str, str]
_COPY = f"copy imports_seenobject (run_id, collector, key, second_key) from stdin {OPTIONS}"
_SEEN_KEYS = ("key", "second_key")
_MARK = """
    with gone as (
        update {table} t set {removed} = %(at)s
        where t.customer_id = %(customer)s and t.{removed} is null and {condition}
        returning t.{first} as key, {second} as second_key
    )
    insert into imports_objectchange (run_id, collector, key, second_key, change)
    select %(run)s, %(collector)s, key, second_key, 'removed' from gone
"""


def remember(writing: Writing, keys: Sequence[Key]) -> None:
    """Note the keys of one page; the second part is "" for objects with an id of their own."""
    if not keys:
        return
    first = (str(writing.run_id), writing.collector)
    text = rendered(keys, first)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(text)


def sweep(table: Table, writing: Writing) -> int:
    """Mark the customer's rows that were not seen as removed; returns how many.

    Only after the collector has read its list to the end.
    """
    on = [
        SQL("s.{} = t.{}").format(Identifier(seen), Identifier(column))
        for seen, column in zip(_SEEN_KEYS, table.key, strict=False)
    ]
    condition = SQL(
        "not exists (select 1 from imports_seenobject s where s.run_id = %(run)s"
        " and s.collector = %(collector)s and {})"
    ).format(SQL(" and ").join(on))
    removed = _mark(table, writing, condition=condition)
    forget(writing.run_id, writing.collector)
    return removed


def remove(table: Table, writing: Writing, keys: list[Key]) -> int:
    """Mark the rows of these keys as removed, and forget that they were seen."""
    _forget_keys(writing, keys)
    # What finds the rows is the key's first part as a list; as a join it would be looked for among
    # all rows of the customer, when the table was filled just now.
    condition = SQL("t.{} = any(%(firsts)s)").format(Identifier(table.key[0]))
    if len(table.key) > 1:
        condition += SQL(
            " and (t.{}, t.{}) in (select * from unnest(%(firsts)s::text[], %(seconds)s::text[]))"
        ).format(*map(Identifier, table.key))
    firsts, seconds = [first for first, _ in keys], [second for _, second in keys]
    return _mark(table, writing, condition=condition, firsts=firsts, seconds=seconds)


def remove_everything(table: Table, writing: Writing) -> int:
    """Mark all of the customer's rows as removed."""
    forget(writing.run_id, writing.collector)
    return _mark(table, writing, condition=SQL("true"))


def remove_all_of(table: Table, writing: Writing, owners: list[str]) -> int:
    """Mark all rows whose first key is one of `owners` as removed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from imports_seenobject where run_id = %s and collector = %s and key = any(%s)",
            [writing.run_id, writing.collector, owners],
        )
    condition = SQL("t.{} = any(%(owners)s)").format(Identifier(table.key[0]))
    return _mark(table, writing, condition=condition, owners=owners)


def forget(run_id: UUID, collector: str) -> None:
    """Drop what was remembered."""
    SeenObject.objects.filter(run_id=run_id, collector=collector).delete()


def _mark(
    table: Table,
    writing: Writing,
    *,
    condition: Composable,
    **more: list[str],
) -> int:
    statement = SQL(_MARK).format(
        table=Identifier(table.name),
        removed=Identifier(REMOVED),
        condition=condition,
        first=Identifier(table.key[0]),
        second=Identifier("t", table.key[1]) if len(table.key) > 1 else SQL("''"),
    )
    values: dict[str, str | UUID | datetime | list[str]] = {
        "at": writing.at, "customer": writing.customer_id, "run": writing.run_id,
        "collector": writing.collector, **more,
    }  # fmt: skip
    with by_hash() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _forget_keys(writing: Writing, keys: list[Key]) -> None:
    with row_by_row() as cursor:
        cursor.execute(
            "delete from imports_seenobject s using unnest(%s::text[], %s::text[]) as g(k1, k2)"
            " where s.run_id = %s and s.collector = %s and s.key = g.k1 and s.second_key = g.k2",
            [[k for k, _ in keys], [k for _, k in keys], writing.run_id, writing.collector],
        )
