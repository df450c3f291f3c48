"""Deleting what was removed from a tenant long ago, and the notes of what changed then."""

from datetime import timedelta

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier

from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.models import ImportRun, ObjectChange
from pilotage.kernel import clock

RETENTION = timedelta(days=90)
# Small enough that nobody waits long for what a batch has locked.
BATCH = 5_000


def purge_removed() -> int:
    """Delete rows that were marked as removed, and notes of runs, 90 days ago; returns how many.

    The runs themselves stay, with their counts.
    """
    tables = dict.fromkeys(collector.table.name for collector in COLLECTORS)
    rows = sum(_in_batches(_DELETE.format(Identifier(name), Identifier(name))) for name in tables)
    return rows + _forget_notes()


_DELETE = SQL(
    "delete from {} where (tableoid, ctid) in (select tableoid, ctid from {}"
    " where removed_at < %s limit %s)"
)


def _in_batches(statement: Composed) -> int:
    """Each batch is a transaction of its own."""
    before, total = clock.now() - RETENTION, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [before, BATCH])
            deleted = int(cursor.rowcount)
        total += deleted
        if deleted < BATCH:
            return total


def _forget_notes() -> int:
    old = ImportRun.objects.filter(finished_at__lt=clock.now() - RETENTION).values("id")
    total = 0
    while True:
        batch = ObjectChange.objects.filter(run__in=old).order_by("id").values("id")[:BATCH]
        deleted, _ = ObjectChange.objects.filter(id__in=batch).delete()
        total += deleted
        if deleted < BATCH:
            return total
