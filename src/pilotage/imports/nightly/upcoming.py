"""When a customer's next nightly import is due, for the pages."""

from dataclasses import dataclass
from datetime import datetime

from pilotage.customers.lifecycle import Status
from pilotage.customers.models import ConnectionState, Customer
from pilotage.customers.queries import find_connection, visible_to
from pilotage.imports.models import ImportRun, NightlyTurn
from pilotage.imports.nightly.night import Night, latest_night, night_after
from pilotage.imports.unbegun import UNBEGUN
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.partners.import_window import WindowRules, rules_of


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next nightly import's moment, or in `reason` why there is none."""

    at: datetime | None
    reason: str = ""


def upcoming_nightly(actor: Actor, customer: Customer) -> Upcoming:
    """When the customer's turn comes next; it has to be visible to the actor."""
    if not visible_to(actor).filter(id=customer.id).exists():
        return Upcoming(None)
    rules = rules_of([customer.partner])[customer.partner_id]
    reason = _why_not(customer, rules)
    return Upcoming(None, reason) if reason else Upcoming(_next_moment(customer, rules))


def _why_not(customer: Customer, rules: WindowRules) -> str:
    connection = find_connection(customer)
    status = customer.status
    if not rules.is_enabled:
        return "Nightly imports are off"
    if connection is None:
        return "Not connected"
    if status is not Status.ACTIVE:
        return f"Rests while the account is {status.value}"
    if connection.state == ConnectionState.REVOKED:
        return "Rests until the organization consents again"
    return "Begins after the onboarding" if customer.is_pending else ""


def _next_moment(customer: Customer, rules: WindowRules) -> datetime:
    now = clock.now()
    waiting = ImportRun.objects.filter(UNBEGUN, customer=customer).first()
    if waiting is not None:
        return waiting.waiting_until or now
    turn = NightlyTurn.objects.filter(customer=customer).first()
    night: Night = latest_night(rules.opens, rules.closes, rules.time_zone, now)
    is_decided = turn is not None and turn.night >= night.date
    if night.is_open(now) and not is_decided:
        return max(night.moment_of(customer.id), now)
    following = night_after(night, rules.opens, rules.closes, rules.time_zone)
    return following.moment_of(customer.id)
