"""Remembering what a collector has read, and removing what it has not."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.models import SeenObject
from pilotage.imports.store.anti_join import delete_unmatched
from pilotage.imports.store.copy_text import rendered
from pilotage.imports.store.table import Table

_COPY = "copy imports_seenobject (run_id, collector, key, second_key) from stdin"


def remember(run_id: UUID, collector: str, keys: Iterable[tuple[str, str]]) -> None:
    """Note the keys of one page; the second part is "" for objects with an id of their own."""
    text = rendered(keys, (str(run_id), collector), has_escapes=True)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(text)


def sweep(run_id: UUID, customer_id: UUID, collector: Collector) -> int:
    """Delete the customer's rows that were not seen; returns how many.

    Only after the collector has read its list to the end.
    """
    seconds = ("key", "second_key")
    on = [
        SQL("s.{} = t.{}").format(Identifier(seen), Identifier(column))
        for seen, column in zip(seconds, collector.table.key, strict=False)
    ]
    statement = SQL(
        "delete from {table} t where customer_id = %s and not exists (select 1 from"
        " imports_seenobject s where s.run_id = %s and s.collector = %s and {on})"
    ).format(table=Identifier(collector.table.name), on=SQL(" and ").join(on))
    removed = delete_unmatched(statement, [customer_id, run_id, collector.name])
    if isinstance(collector, Listing) and collector.part and removed:
        _sweep_part(customer_id, collector.part.table, collector.table)
    forget(run_id, collector.name)
    return removed


def forget(run_id: UUID, collector: str) -> None:
    """Drop what was remembered."""
    SeenObject.objects.filter(run_id=run_id, collector=collector).delete()


def _sweep_part(customer_id: UUID, part: Table, owners: Table) -> None:
    statement = SQL(
        "delete from {part} p where customer_id = %s and not exists (select 1 from {owners} t"
        " where t.customer_id = p.customer_id and t.id = p.{owner})"
    ).format(
        part=Identifier(part.name), owners=Identifier(owners.name), owner=Identifier(part.key[0])
    )
    delete_unmatched(statement, [customer_id])
