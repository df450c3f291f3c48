"""Nightly runs that did not begin before their window closed wait for the next one.

They go first then, being the oldest, so that a slow night never leaves out the same customers
again. What has begun is read to its end.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.imports.jobs import queue_run
from pilotage.imports.models import ImportRun, NightlyTurn, RunState, RunWait, WaitingReason
from pilotage.imports.nightly.night import Night, latest_night, night_after
from pilotage.imports.run.finish import end_canceled
from pilotage.imports.unbegun import UNBEGUN
from pilotage.kernel.actor import Actor
from pilotage.partners.import_window import WindowRules


def lay_over(actor: Actor, rules: Mapping[UUID, WindowRules], now: datetime) -> None:
    """Bring every nightly run that has not begun into line with its partner's window."""
    for run in ImportRun.objects.filter(UNBEGUN).only("id", "customer_id", "partner_id"):
        found = rules[run.partner_id]
        night = latest_night(found.opens, found.closes, found.time_zone, now)
        if not found.is_enabled:
            _end_switched_off(actor, run)
        elif night.is_open(now):
            _let_begin(run, now)
        else:
            _wait_for(actor, run, night_after(night, found.opens, found.closes, found.time_zone))


@transaction.atomic
def _end_switched_off(actor: Actor, run: ImportRun) -> None:
    customer = lock_customer(actor, run.customer_id)
    locked = _locked(run)
    if locked is not None:
        locked.customer = customer
        end_canceled(actor, locked, "Nightly imports were switched off")


@transaction.atomic
def _let_begin(run: ImportRun, now: datetime) -> None:
    """The window was moved, and is open by now."""
    locked = _locked(run)
    if locked is None or locked.waiting_until is None or locked.waiting_until <= now:
        return
    locked.state = RunState.QUEUED
    locked.waiting_reason, locked.waiting_until = "", None
    locked.save(update_fields=["state", "waiting_reason", "waiting_until"])
    queue_run(locked)


@transaction.atomic
def _wait_for(actor: Actor, run: ImportRun, night: Night) -> None:
    customer = lock_customer(actor, run.customer_id)
    locked = _locked(run)
    if locked is None or locked.waiting_until == night.opens:
        return
    is_new = locked.state == RunState.QUEUED
    locked.state, locked.waiting_reason = RunState.WAITING, WaitingReason.WINDOW
    locked.waiting_until, locked.night = night.opens, night.date
    locked.waits += is_new
    locked.save(update_fields=["state", "waiting_reason", "waiting_until", "night", "waits"])
    NightlyTurn.objects.update_or_create(customer=customer, defaults={"night": night.date})
    RunWait.objects.update_or_create(
        run=locked,
        ended_at=None,
        defaults={"reason": WaitingReason.WINDOW, "until": night.opens},
    )
    if is_new:
        record(
            actor,
            "import.waiting",
            customer=customer,
            message="Import waits: its turn did not come before the window closed",
            details={
                "run_id": str(run.id),
                "reason": WaitingReason.WINDOW.value,
                "until": night.opens.isoformat(),
            },
        )
    queue_run(locked, at=night.opens)


def _locked(run: ImportRun) -> ImportRun | None:
    return ImportRun.objects.select_for_update().filter(UNBEGUN, id=run.id).first()
