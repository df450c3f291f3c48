"""Laying a run down: until a time Microsoft has asked for, or for the next worker at once."""

from django.db import transaction

from pilotage.events.record import record
from pilotage.imports.error_catalogue import code_of
from pilotage.imports.jobs import queue_run
from pilotage.imports.models import (
    CollectorProgress,
    ImportRun,
    RunError,
    RunState,
    RunWait,
    WaitingReason,
)
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import IMPORT, Where, facts_of, note
from pilotage.imports.run.stops import HasToWait, LeaseLost


@transaction.atomic
def lay_down_until(lease: Lease, stop: HasToWait) -> None:
    """Record what is waited for, and defer the job to that time; the worker is free meanwhile."""
    run, progress = _locked(lease), stop.progress
    before = run.waiting_reason
    run.state = RunState.WAITING
    run.waiting_reason, run.waiting_until = stop.reason, stop.until
    run.waits += 1
    run.owner, run.lease_until = "", None
    # Waiting on purpose is no sign of a run that kills its workers.
    run.idle_starts = 0
    run.save()
    for other in stop.others:
        _note(run, other)
    noted = _note(run, stop)
    RunWait.objects.create(
        run=run,
        collector=progress.collector,
        reason=stop.reason,
        code=_code(stop),
        until=stop.until,
    )
    if noted.count == 1 and before != stop.reason:
        record(
            IMPORT,
            "import.waiting",
            customer=run.customer,
            message=f"Import waits: {stop.reason.label}",
            details={
                "run_id": str(run.id),
                "reason": stop.reason.value,
                "until": stop.until.isoformat(),
            },
        )
    queue_run(run, at=stop.until)


def _note(run: ImportRun, stop: HasToWait) -> RunError:
    progress = stop.progress
    if stop.reason != WaitingReason.DATABASE:
        # They count how often Microsoft was waited for in vain.
        CollectorProgress.objects.filter(id=progress.id).update(tries=progress.tries + 1)
    where = Where(run, progress.collector, progress.page_number + 1)
    return note(where, _code(stop), facts=facts_of(stop.error))


@transaction.atomic
def hand_back(lease: Lease) -> None:
    """Queue the run for another worker, because this one is ending."""
    run = _locked(lease)
    run.state = RunState.QUEUED
    run.waiting_reason, run.waiting_until = "", None
    run.owner, run.lease_until, run.idle_starts = "", None, 0
    run.save()
    queue_run(run)


def _code(stop: HasToWait) -> str:
    """A refusal that is waited out is no missing consent yet."""
    if stop.reason == WaitingReason.PROPAGATION:
        return "propagation"
    return "consent_in_doubt" if stop.reason == WaitingReason.CONSENT_CHECK else code_of(stop.error)


def _locked(lease: Lease) -> ImportRun:
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("customer")
        .filter(id=lease.run_id, fence=lease.fence, state=RunState.RUNNING)
        .first()
    )
    if run is None:
        raise LeaseLost
    return run
