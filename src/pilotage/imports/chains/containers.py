"""The containers whose members are asked for, as the collector before has stored them."""

from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from pilotage.imports.store.table import Table


def next_ids(containers: Table, customer_id: UUID, after: str, limit: int) -> list[str]:
    """Up to `limit` ids behind `after`, in order."""
    statement = SQL(
        "select id from {} where customer_id = %s and removed_at is null and id > %s"
        " order by id limit %s"
    ).format(Identifier(containers.name))
    with connection.cursor() as cursor:
        cursor.execute(statement, [customer_id, after, limit])
        return [row[0] for row in cursor.fetchall()]


def are_many(containers: Table, customer_id: UUID, many: int) -> bool:
    """Whether there are at least `many` of them."""
    statement = SQL(
        "select count(*) from (select 1 from {} where customer_id = %s and removed_at is null"
        " limit %s) found"
    ).format(Identifier(containers.name))
    with connection.cursor() as cursor:
        cursor.execute(statement, [customer_id, many])
        found = cursor.fetchone()
    return bool(found and found[0] >= many)
