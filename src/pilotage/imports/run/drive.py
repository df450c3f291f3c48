"""One worker's turn at a run: from taking the lease to the end, a wait, or handing it back."""

from collections.abc import Callable
from uuid import UUID

import structlog

from pilotage.imports.run.database_trouble import (
    DatabaseErrors,
    is_of_database,
    wait_for_database,
)
from pilotage.imports.run.finish import (
    end_by_collectors,
    end_consent_lost,
    end_failed,
    end_resting,
)
from pilotage.imports.run.lease import Lease, take_lease
from pilotage.imports.run.stops import (
    CannotGoOn,
    ConsentLost,
    CustomerRests,
    HasToWait,
    LeaseLost,
    ToldToStop,
)
from pilotage.imports.run.turn import Turn
from pilotage.imports.run.wait import hand_back, lay_down_until

log = structlog.get_logger()


def drive(run_id: UUID, *, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Work at a run until it ends or is laid down; nothing if somebody else is at it.

    `should_stop` is asked after each page: the worker is ending. A failure of our own comes out of
    here, and one of a database that takes nothing more; the lease then runs out and another worker
    goes on.
    """
    lease = take_lease(run_id)
    if lease is None:
        return
    try:
        _work(lease, should_stop)
    except LeaseLost:
        log.info("lease_lost", run_id=str(run_id), fence=lease.fence)


def _work(lease: Lease, should_stop: Callable[[], bool]) -> None:
    try:
        _take_turn(lease, should_stop)
    except DatabaseErrors as error:
        if not is_of_database(error):
            raise
        wait_for_database(lease, error)


def _take_turn(lease: Lease, should_stop: Callable[[], bool]) -> None:
    try:
        Turn(lease, should_stop).work()
    except HasToWait as stop:
        lay_down_until(lease, stop)
    except ToldToStop:
        hand_back(lease)
    except CustomerRests as stop:
        end_resting(lease, stop.error)
    except ConsentLost as stop:
        end_consent_lost(lease, stop.error)
    except CannotGoOn as stop:
        end_failed(lease, stop.error)
    else:
        end_by_collectors(lease)
