"""Add the runs that have ended to totals that never fall."""

from django.db import connection, transaction

from pilotage.imports.figures.sums import BUCKETS, SUMS

# So that one pass stays short however long no worker has run.
AT_ONCE = 500
_ADD = """
    insert into imports_tally (name, first, second, value)
    select name, first, second, sum(value) from ({sums}) found group by name, first, second
    on conflict (name, first, second) do update set value = imports_tally.value + excluded.value
"""


def count_runs() -> int:
    """Count what has ended since the last time, each run once; the number of runs."""
    counted = 0
    while batch := _count_some():
        counted += batch
    return counted


@transaction.atomic
def _count_some() -> int:
    with connection.cursor() as cursor:
        # A run that somebody else is counting, or ending, has its turn next time.
        cursor.execute(
            "update imports_importrun set is_counted = true where id in ("
            " select id from imports_importrun where not is_counted and finished_at is not null"
            " limit %s for update skip locked) returning id",
            [AT_ONCE],
        )
        ids = [row[0] for row in cursor.fetchall()]
        if ids:
            values = {"runs": ids, "buckets": list(BUCKETS)}
            cursor.execute(_ADD.format(sums=SUMS.format(runs="r.id = any(%(runs)s)")), values)
    return len(ids)
