"""A page's rows in a temporary table, on their way into the table they are for."""

from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

from pilotage.imports.store.copy_csv import OPTIONS
from pilotage.imports.store.table import CUSTOMER, Table


def copy_into(target: Identifier, table: Table, text: bytes) -> None:
    """COPY rows into `target`, which has the columns of `table`; raises UniqueViolation."""
    statement = SQL("copy {target} ({names}) from stdin {options}").format(
        target=target, names=listed((CUSTOMER, *table.columns)), options=SQL(OPTIONS)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(text)


def stage(table: Table, text: bytes) -> None:
    """Put rows into the table's stage; they are gone from it when the transaction ends."""
    _prepare(table)
    copy_into(stage_of(table), table, text)


def stage_of(table: Table) -> Identifier:
    """The name of the table's stage."""
    return Identifier("pg_temp", f"stage_{table.name}")


def listed(names: tuple[str, ...], alias: str = "") -> Composed:
    """`a, b`, or `t.a, t.b`."""
    return SQL(", ").join(Identifier(alias, name) if alias else Identifier(name) for name in names)


def _prepare(table: Table) -> None:
    """A temporary table of the same shape; it lives as long as the connection.

    It is emptied for a second use in one transaction.
    """
    statement = SQL(
        "create temporary table if not exists {name} (like {table}) on commit delete rows;"
        " delete from {stage}"
    ).format(
        name=Identifier(f"stage_{table.name}"),
        table=Identifier(table.name),
        stage=stage_of(table),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
