"""Extend several trials: each on its own, each with its result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pilotage.customers.actions.extend_trial import extend_trial, preview_extend_trial
from pilotage.customers.models import Customer
from pilotage.customers.queries import visible_to
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import PilotageError


@dataclass(frozen=True, slots=True)
class RowResult:
    """One customer's part: the day its trial would end or now ends, or why not."""

    customer: Customer
    new_end_day: date | None = None
    code: str = ""
    reason: str = ""


def preview_extend_trials(actor: Actor, customer_ids: Iterable[UUID]) -> list[RowResult]:
    """What extend_trials would do to each customer that the actor sees, by name; writes nothing."""
    actor.require(Role.EDITOR)
    return [_preview(actor, customer) for customer in _found(actor, customer_ids)]


def extend_trials(
    actor: Actor, expected_ends: dict[UUID, date], *, reason: str = ""
) -> list[RowResult]:
    """Extend each trial to the day that was shown for it.

    A row that is refused does not stop the others: each is a transaction of its own, so call
    this outside of one. Customers that the actor does not see are left out.
    """
    actor.require(Role.EDITOR)
    customers = _found(actor, expected_ends)
    return [_extend(actor, c, expected_ends[c.id], reason) for c in customers]


def _found(actor: Actor, customer_ids: Iterable[UUID]) -> list[Customer]:
    rows = visible_to(actor).filter(id__in=list(customer_ids)).select_related("partner", "sku")
    return list(rows.order_by("organization_name", "id"))


def _preview(actor: Actor, customer: Customer) -> RowResult:
    try:
        preview = preview_extend_trial(actor, customer.id)
    except PilotageError as error:
        return RowResult(customer, code=error.code, reason=error.text)
    return RowResult(customer, new_end_day=preview.new_end_day)


def _extend(actor: Actor, customer: Customer, expected_end: date, reason: str) -> RowResult:
    try:
        extension = extend_trial(actor, customer.id, expected_end=expected_end, reason=reason)
    except PilotageError as error:
        return RowResult(customer, code=error.code, reason=error.text)
    day = clock.day_in(extension.new_end, customer.partner.time_zone)
    return RowResult(customer, new_end_day=day)
