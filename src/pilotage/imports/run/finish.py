"""The end of a run: its state, the seats, the connection's health, the event, the next job."""

from django.db import transaction
from django.db.models import Q

from pilotage.customers.change_connection import change_connection
from pilotage.customers.models import Customer, TenantConnection
from pilotage.customers.queries import lock_customer
from pilotage.directory.seats import save_seats
from pilotage.events.record import record
from pilotage.imports.as_json import run_as_json
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.collectors.subscribed_skus import SUBSCRIBED_SKUS
from pilotage.imports.collectors.users import USERS
from pilotage.imports.error_catalogue import entry_for
from pilotage.imports.error_words import what_happened
from pilotage.imports.jobs import queue_finish_onboarding
from pilotage.imports.models import CollectorState, ImportRun, RunState, RunWait
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import IMPORT, Where, note_error
from pilotage.imports.run.stops import LeaseLost
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import PilotageError

# What seats are counted from.
_COUNTED = (USERS.name, SUBSCRIBED_SKUS.name)
_CONSENT_CODES = ("permission_missing",)


@transaction.atomic
def end_by_collectors(lease: Lease) -> ImportRun:
    """End a run whose collectors have all come to an end of their own."""
    run = _locked(lease)
    # One that was left out without an error, for a licence that is not there, is as it should be.
    left_out = Q(state=CollectorState.SKIPPED, errors__gt=0)
    failed = list(run.collectors.filter(Q(state=CollectorState.FAILED) | left_out))
    has_errors = run.collectors.filter(errors__gt=0).exists()
    if any(progress.is_required for progress in failed):
        _end_failed(run, _reasons(run))
    elif failed or has_errors:
        _end_well(run, RunState.PARTIALLY_SUCCEEDED, _reasons(run))
    else:
        _end_well(run, RunState.SUCCEEDED, f"Everything was imported.{_left_out(run)}")
    return run


@transaction.atomic
def end_failed(lease: Lease, error: PilotageError) -> ImportRun:
    """End a run that cannot go on at all."""
    run = _locked(lease)
    noted = note_error(Where(run), error)
    entry = entry_for(noted.code)
    _end_failed(run, f"{entry.text} {entry.remedy}")
    return run


@transaction.atomic
def end_consent_lost(lease: Lease, error: PilotageError) -> ImportRun:
    """End a run because the tenant has taken its consent away; what was imported stays."""
    run = end_failed(lease, error)
    connection = _connection(run)
    if connection is not None:
        text = "The organization has withdrawn its consent; its data is kept as it was."
        about = {"run_id": str(run.id)}
        change_connection(IMPORT, connection, "lose_consent", reason=text, details=about)
    return run


@transaction.atomic
def end_resting(lease: Lease, error: PilotageError) -> ImportRun:
    """End a run because its customer was suspended, has expired or was terminated."""
    run = _locked(lease)
    noted = note_error(Where(run), error)
    end_canceled(IMPORT, run, entry_for(noted.code).text)
    return run


def end_canceled(actor: Actor, run: ImportRun, reason: str) -> None:
    """End a run before its time. The caller holds the locks of customer and run."""
    _end(run, RunState.CANCELED, reason)
    record(
        actor,
        "import.canceled",
        customer=run.customer,
        message=f"Import {run.number} canceled: {reason}",
        details={"run_id": str(run.id), "reason": reason},
    )


def _end_well(run: ImportRun, state: RunState, outcome: str) -> None:
    customer = run.customer
    seats = save_seats(customer, is_unchanged=_has_same_seats(run))
    customer.last_import_at = clock.now()
    customer.save(update_fields=["last_import_at"])
    _settle_connection(run)
    _end(run, state, outcome)
    _record_end(run, "import.finished", outcome, seats=seats)


def _has_same_seats(run: ImportRun) -> bool:
    """Whether the run before counted the seats, and this one has changed no user and no product.

    A run that fails or is canceled may have changed users without counting.
    """
    earlier = ImportRun.objects.filter(customer_id=run.customer_id, number__lt=run.number)
    latest = earlier.order_by("-number").first()
    if latest is None or latest.state not in {RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED}:
        return False
    read = run.collectors.filter(collector__in=_COUNTED)
    return not read.exclude(written=0, removed=0).exists()


def _end_failed(run: ImportRun, outcome: str) -> None:
    _end(run, RunState.FAILED, outcome)
    _record_end(run, "import.failed", outcome)


def _end(run: ImportRun, state: RunState, outcome: str) -> None:
    run.state, run.outcome = state, outcome
    run.finished_at = clock.now()
    run.waiting_reason, run.waiting_until = "", None
    run.owner, run.lease_until = "", None
    run.save()
    RunWait.objects.filter(run=run, ended_at=None).update(ended_at=run.finished_at)
    # What was being read when the run was canceled or failed.
    reading = run.collectors.filter(state=CollectorState.RUNNING)
    reading.update(state=CollectorState.STOPPED, finished_at=run.finished_at)
    queue_finish_onboarding(run)


def _record_end(run: ImportRun, name: str, outcome: str, **more: object) -> None:
    shown = run_as_json(run)
    record(
        IMPORT,
        name,
        customer=run.customer,
        message=f"Import {run.number}: {outcome}",
        details={"number": run.number, **shown, **more},
    )


def _reasons(run: ImportRun) -> str:
    """One sentence for each kind of error that is still there, required collectors first."""
    noted = run.errors.filter(resolved_at=None)
    texts = [
        f"{error.collector.replace('_', ' ').capitalize()}: {what_happened(error)}"
        for error in noted
        if entry_for(error.code).severity != "info"
    ]
    return " ".join(texts) or "Not everything could be imported."


def _left_out(run: ImportRun) -> str:
    """What the tenant has no licence for, as a sentence; "" when it has all."""
    names = run.collectors.filter(state=CollectorState.SKIPPED).values_list("collector", flat=True)
    known = [BY_NAME[name] for name in names if name in BY_NAME]
    told = ", ".join(f"{item.label} (needs {item.licence or 'a licence'})" for item in known)
    return f" Left out: {told}." if told else ""


def _settle_connection(run: ImportRun) -> None:
    """A run that came through shows whether the consent still covers all that is read.

    With permissions missing the connection is `consent_outdated`: the partner can send a new
    activation link, and the admin consents to what is asked for now.
    """
    connection = _connection(run)
    if connection is None:
        return
    connection.failures, connection.failing_since = 0, None
    connection.save(update_fields=["failures", "failing_since"])
    missing = sorted(_missing_permissions(run))
    lacking = f"The consent does not cover: {', '.join(missing)}. Send a new activation link."
    change_connection(
        IMPORT,
        connection,
        "lack_permissions" if missing else "work",
        reason=lacking if missing else "The connection to the tenant works again.",
        missing=missing,
        details={"run_id": str(run.id)},
    )


def _connection(run: ImportRun) -> TenantConnection | None:
    """The live connection that was read; None when it has ended meanwhile."""
    live = TenantConnection.objects.filter(
        customer_id=run.customer_id, tenant_id=run.tenant_id, released_at=None
    )
    connection = live.first()
    if connection is not None:
        connection.customer = run.customer
    return connection


def _missing_permissions(run: ImportRun) -> set[str]:
    refused = run.errors.filter(resolved_at=None, code__in=_CONSENT_CODES)
    return {BY_NAME[error.collector].permission for error in refused if error.collector in BY_NAME}


def _locked(lease: Lease) -> ImportRun:
    """The run and its customer, both locked in the order that all actions keep."""
    customer_id = ImportRun.objects.values_list("customer_id", flat=True).get(id=lease.run_id)
    customer: Customer = lock_customer(IMPORT, customer_id)
    run = (
        ImportRun.objects.select_for_update()
        .filter(id=lease.run_id, fence=lease.fence, state=RunState.RUNNING)
        .first()
    )
    if run is None:
        raise LeaseLost
    run.customer = customer
    return run
