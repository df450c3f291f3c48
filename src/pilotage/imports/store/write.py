"""Writing one page's rows; call everything here inside the transaction of the page."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from psycopg.errors import UniqueViolation
from psycopg.sql import SQL, Identifier

from pilotage.imports.store.anti_join import delete_unmatched
from pilotage.imports.store.table import CUSTOMER, Table


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table as COPY text (customer first); `count` of them, no key twice."""

    table: Table
    text: bytes
    count: int


def write_rows(rows: Rows, *, is_fresh: bool) -> int:
    """Insert or update; returns how many rows were new or differed.

    `is_fresh`: the table should hold none of them, so they are copied straight in. A page that was
    read before, or an object that moved between pages, makes that one page take the other way.
    """
    if not rows.count:
        return 0
    if is_fresh:
        try:
            with transaction.atomic():
                _copy(Identifier(rows.table.name), rows.table, rows.text)
        except UniqueViolation:
            return _merge(rows)
        else:
            return rows.count
    return _merge(rows)


def remove_parts_not_staged(table: Table, customer_id: UUID, owners: list[str]) -> None:
    """Delete rows of `owners` that the `write_rows` just before did not bring again."""
    first, second = (Identifier(name) for name in table.key)
    statement = SQL(
        "delete from {table} t where customer_id = %s and t.{first} = any(%s) and not exists"
        " (select 1 from {stage} s where s.{first} = t.{first} and s.{second} = t.{second})"
    ).format(table=Identifier(table.name), stage=_stage(table), first=first, second=second)
    _prepare_stage(table)
    delete_unmatched(statement, [customer_id, owners])


def _merge(rows: Rows) -> int:
    """Through a temporary table; rows that are equal already are left untouched."""
    table = rows.table
    _prepare_stage(table)
    _copy(_stage(table), table, rows.text)
    names = [Identifier(name) for name in (CUSTOMER, *table.columns)]
    rest = [Identifier(name) for name in table.rest]
    statement = SQL(
        "insert into {table} as t ({names}) select {names} from {stage}"
        " on conflict ({key}) do update set {assignments}"
        " where ({old}) is distinct from ({new})"
    ).format(
        table=Identifier(table.name),
        stage=_stage(table),
        names=SQL(", ").join(names),
        key=SQL(", ").join(Identifier(name) for name in (CUSTOMER, *table.key)),
        assignments=SQL(", ").join(SQL("{0} = excluded.{0}").format(name) for name in rest),
        old=SQL(", ").join(SQL("t.{}").format(name) for name in rest),
        new=SQL(", ").join(SQL("excluded.{}").format(name) for name in rest),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def _stage(table: Table) -> Identifier:
    return Identifier("pg_temp", f"stage_{table.name}")


def _prepare_stage(table: Table) -> None:
    """An empty temporary table of the same shape; it lives as long as the connection."""
    create = SQL("create temporary table {stage} (like {table}) on commit delete rows").format(
        stage=Identifier(f"stage_{table.name}"), table=Identifier(table.name)
    )
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s)", [f"pg_temp.stage_{table.name}"])
        found = cursor.fetchone()
        if found is None or found[0] is None:
            cursor.execute(create)


def _copy(target: Identifier, table: Table, text: bytes) -> None:
    names = SQL(", ").join(Identifier(name) for name in (CUSTOMER, *table.columns))
    statement = SQL("copy {target} ({names}) from stdin").format(target=target, names=names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


def is_empty(table: Table, customer_id: UUID) -> bool:
    """Whether the customer has no row in the table."""
    statement = SQL("select exists (select 1 from {} where customer_id = %s)")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(Identifier(table.name)), [customer_id])
        found = cursor.fetchone()
    return not (found and found[0])
