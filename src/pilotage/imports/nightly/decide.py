"""One customer, one night: start its import, or say why not."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from pilotage.customers.lifecycle import Status
from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.customers.queries import find_connection, lock_customer
from pilotage.events.record import record
from pilotage.imports.checks import find_unfinished
from pilotage.imports.models import NightlyTurn, RunKind, RunPurpose
from pilotage.imports.nightly.night import Night
from pilotage.imports.start import create_run
from pilotage.kernel.actor import Actor
from pilotage.partners.import_window import WindowRules


class Decision(StrEnum):
    """What became of a customer's night."""

    STARTED = "started"
    # Another import of the customer was queued or running: that one has read, or will read.
    BUSY = "busy"
    # Its moment had passed before the customer, or the window, was there.
    TOO_NEW = "too_new"
    # No worker was at work while the window was open.
    MISSED = "missed"
    # Somebody was faster, or the customer rests by now.
    NOTHING = "nothing"


@transaction.atomic
def decide(
    actor: Actor, customer_id: UUID, night: Night, rules: WindowRules, now: datetime
) -> Decision:
    """Decide the night under the customer's lock; the second who comes finds it decided."""
    customer = lock_customer(actor, customer_id)
    turn = NightlyTurn.objects.filter(customer=customer).first()
    connection = find_connection(customer)
    is_decided = turn is not None and turn.night >= night.date
    if is_decided or connection is None or not _is_awake(customer, connection):
        return Decision.NOTHING
    NightlyTurn.objects.update_or_create(customer=customer, defaults={"night": night.date})
    is_missed = not night.is_open(now)
    # The first night of all that is looked at may have been before this version was installed.
    if _is_too_new(customer, night, rules) or (is_missed and turn is None):
        return Decision.TOO_NEW
    if is_missed:
        _tell_missed(actor, customer, night, rules)
        return Decision.MISSED
    if find_unfinished(customer.id) is not None:
        return Decision.BUSY
    _start(actor, customer, connection, night)
    return Decision.STARTED


def _is_awake(customer: Customer, connection: TenantConnection) -> bool:
    return customer.status is Status.ACTIVE and connection.state != ConnectionState.REVOKED


def _is_too_new(customer: Customer, night: Night, rules: WindowRules) -> bool:
    moment = night.moment_of(customer.id)
    since = [at for at in (customer.onboarded_at, rules.changed_at) if at is not None]
    return any(at > moment for at in since)


def _start(actor: Actor, customer: Customer, connection: TenantConnection, night: Night) -> None:
    run = create_run(
        actor,
        customer,
        connection,
        purpose=RunPurpose.NIGHTLY,
        kind=RunKind.DELTA,
        night=night.date,
    )
    record(
        actor,
        "import.requested",
        customer=customer,
        message=f"Nightly import {run.number} queued",
        details={"run_id": str(run.id), "number": run.number, "night": str(night.date)},
    )


def _tell_missed(actor: Actor, customer: Customer, night: Night, rules: WindowRules) -> None:
    record(
        actor,
        "import.skipped",
        customer=customer,
        message=(
            f"Nightly import of {night.date} skipped: no worker was running between "
            f"{rules.opens:%H:%M} and {rules.closes:%H:%M}, {rules.time_zone} time. "
            "The next night goes on as usual."
        ),
        details={"night": str(night.date), "reason": Decision.MISSED.value},
    )
