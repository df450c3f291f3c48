"""Extend trial: another 14 days, exactly to the date that was shown."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilotage.customers.errors import EndDateChanged
from pilotage.customers.lifecycle import extended_end
from pilotage.customers.models import Customer, TrialExtension
from pilotage.customers.queries import get_customer, lock_customer, trial_rules
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class Preview:
    """What an extension would do; `new_end_day` is in the partner's time zone."""

    number: int
    current_end: datetime
    new_end: datetime
    new_end_day: date
    remaining: int | None


def preview_extend_trial(actor: Actor, customer_id: UUID) -> Preview:
    """The date that Submit would set now; raises what extend_trial would raise."""
    actor.require(Role.EDITOR)
    return _preview(get_customer(actor, customer_id))


@transaction.atomic
def extend_trial(
    actor: Actor, customer_id: UUID, *, expected_end: date, reason: str = ""
) -> TrialExtension:
    """Extend a trial to `expected_end`, the day that the preview showed.

    Raises EndDateChanged if it would be another day now, and what `lifecycle.extended_end` raises.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, customer_id)
    shown = _preview(customer)
    if shown.new_end_day != expected_end:
        raise EndDateChanged(details={"new_end_day": shown.new_end_day.isoformat()})
    extension = TrialExtension.objects.create(
        customer=customer,
        number=shown.number,
        old_end=customer.expires_at,
        new_end=shown.new_end,
        reason=reason.strip()[:200],
        actor_name=actor.name,
        at=clock.now(),
    )
    customer.expires_at = shown.new_end
    customer.version += 1
    customer.save(update_fields=["expires_at", "version"])
    old_day = clock.day_in(extension.old_end, customer.partner.time_zone)
    record(
        actor,
        "customer.trial_extended",
        customer=customer,
        message=f"Trial extended from {old_day:%-d %b %Y} to {shown.new_end_day:%-d %b %Y}",
        details={
            "number": extension.number,
            "old_end": extension.old_end.isoformat(),
            "new_end": extension.new_end.isoformat(),
            "reason": extension.reason,
        },
    )
    return extension


def _preview(customer: Customer) -> Preview:
    rules = trial_rules(customer.partner_id)
    count = customer.trial_extensions.count()
    end = extended_end(customer.terms, rules, count, clock.now())
    remaining = None if rules.max_extensions is None else rules.max_extensions - count - 1
    day = clock.day_in(end, customer.partner.time_zone)
    return Preview(count + 1, customer.expires_at, end, day, remaining)
