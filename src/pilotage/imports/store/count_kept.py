"""How many objects a list has given: each counts once, however often it came."""

from django.db import connection
from psycopg.sql import SQL, Identifier

from pilotage.imports.models import CollectorProgress, SeenObject
from pilotage.imports.store.table import REMOVED, Table

_ROWS = "select count(*) from {table} where customer_id = %s and {removed} is null"


def count_kept(progress: CollectorProgress, table: Table) -> int:
    """Rows of the customer where the table was empty before, else what this run has seen."""
    if not progress.is_fresh:
        seen = SeenObject.objects.filter(run_id=progress.run_id, collector=progress.collector)
        return seen.values("key", "second_key").distinct().count()
    statement = SQL(_ROWS).format(table=Identifier(table.name), removed=Identifier(REMOVED))
    with connection.cursor() as cursor:
        cursor.execute(statement, [progress.run.customer_id])
        found = cursor.fetchone()
    return int(found[0]) if found else 0
