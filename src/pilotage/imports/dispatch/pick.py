"""A worker is free: which run is next?"""

from uuid import UUID

from django.db import connection, transaction

from pilotage.imports.dispatch.turns import ORDER, TURNS
from pilotage.imports.jobs import waiting_wake_ups, wake

# Any number will do, as long as nothing else in this database locks on it.
_LOCK = 7_203_861_156
_NEXT = f"{TURNS} select id from turn {ORDER} limit 1"  # noqa: S608 - made of constants
_IS_ANY = f"{TURNS} select exists (select 1 from turn)"  # noqa: S608 - likewise


def pick_run() -> UUID | None:
    """The run whose turn it is, claimed for this worker, or None if nothing can be read now.

    Workers take turns at choosing, so that two that are free in the same moment neither take the
    same run nor both take one of the same partner.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_NEXT)
        found = cursor.fetchone()
        if found is None:
            return None
        cursor.execute(
            "update imports_importrun set picked_at = clock_timestamp(),"
            " picked_fence = fence where id = %s",
            found,
        )
    return UUID(str(found[0]))


def is_something_due() -> bool:
    """Whether a run could be read that nobody has taken."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_ANY)
        (is_due,) = cursor.fetchone()
    return bool(is_due)


def wake_for_what_is_due() -> bool:
    """Make sure that what is due has a wake-up; whether one was lacking."""
    if waiting_wake_ups() or not is_something_due():
        return False
    wake()
    return True
