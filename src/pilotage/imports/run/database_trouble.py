"""The database fails while a run is worked at: said in the run's record, waited for, never ended.

What was committed stands, and a page that was not is read again, so there is nothing to give up.
"""

from datetime import timedelta

import psycopg
import structlog
from django import db
from django.db import connection
from psycopg.errors import (
    DiskFull,
    QueryCanceled,
    ReadOnlySqlTransaction,
)

from pilotage.imports.errors import DatabaseFull, DatabaseUnavailable
from pilotage.imports.models import (
    CollectorProgress,
    CollectorState,
    ImportRun,
    RunWait,
    WaitingReason,
)
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.stops import HasToWait
from pilotage.imports.run.wait import lay_down_until
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError

log = structlog.get_logger()
# The class of "program limit exceeded": https://www.postgresql.org/docs/current/errcodes-appendix.html
_TOO_MUCH = "54"
WAIT_SECONDS = (15, 60, 300)
_ENDED = (CollectorState.SUCCEEDED, CollectorState.FAILED, CollectorState.SKIPPED)


# Django passes on what psycopg raises, but for COPY, which it does not know.
DatabaseErrors = (db.Error, psycopg.Error)


def is_of_database(error: BaseException) -> bool:
    """Whether the database is at fault, and not what was asked of it: that would never end."""
    cause = _cause(error)
    code = getattr(cause, "sqlstate", None) or ""
    if code == QueryCanceled.sqlstate or code.startswith(_TOO_MUCH):
        return False
    kinds = (psycopg.OperationalError, psycopg.InterfaceError, ReadOnlySqlTransaction)
    return isinstance(cause, kinds)


def wait_for_database(lease: Lease, error: db.Error | psycopg.Error) -> None:
    """Lay the run down for a while; raises `error` or another of its kind when it cannot be.

    Then the lease runs out, and a worker that reaches the database again goes on.
    """
    log.warning("database_trouble", run_id=str(lease.run_id), error=str(error)[:300])
    connection.close()
    # A full disk may take this, and not the rows below; nobody has begun in vain because of that.
    ImportRun.objects.filter(id=lease.run_id, fence=lease.fence).update(idle_starts=0)
    unfinished = CollectorProgress.objects.filter(run_id=lease.run_id).exclude(state__in=_ENDED)
    progress = unfinished.order_by("position").first()
    if progress is None:
        raise error
    waits = RunWait.objects.filter(run_id=lease.run_id, reason=WaitingReason.DATABASE).count()
    seconds = WAIT_SECONDS[min(waits, len(WAIT_SECONDS) - 1)]
    until = clock.now() + timedelta(seconds=seconds)
    lay_down_until(lease, HasToWait(WaitingReason.DATABASE, until, _named(error), progress))


def _named(error: BaseException) -> PilotageError:
    # The first line only: what comes behind it may quote rows.
    told = {"message": str(error).partition("\n")[0][:500]}
    is_full = isinstance(_cause(error), DiskFull)
    return DatabaseFull(details=told) if is_full else DatabaseUnavailable(details=told)


def _cause(error: BaseException) -> BaseException | None:
    return error if isinstance(error, psycopg.Error) else error.__cause__
