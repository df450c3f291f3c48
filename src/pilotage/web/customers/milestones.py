"""The onboarding as a line of milestones, each with its time."""

from dataclasses import dataclass
from datetime import datetime

from pilotage.onboarding.models import Step
from pilotage.web.customers.pending_rows import PendingRow

_ENDINGS = {
    Step.CANCELED: "Onboarding canceled",
    Step.LINK_EXPIRED: "Activation link expired",
    Step.DECLINED: "Consent declined",
    Step.AWAITING_APPROVAL: "Waiting for your approval",
    Step.IMPORT_FAILED: "Import failed",
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stop; `state` is done, now, warn, bad or todo."""

    title: str
    state: str
    at: datetime | None = None
    text: str = ""


def milestones(row: PendingRow) -> list[Milestone]:
    """Every stop from "added" to "completed": what is behind, what is now, what is to come."""
    customer, link = row.customer, row.customer.activation_link
    reached = [
        Milestone("Customer added", "done", customer.created_at),
        _stop("Activation link sent", link.sent_at),
        _stop("Link opened", link.opened_at),
        _stop("Signed in with Microsoft", link.signed_in_at),
        _stop("Consent granted", link.consented_at),
        _stop("First import done", customer.onboarded_at),
    ]
    ended = _ending(row)
    behind = [m for m in reached if m.at] + ([ended] if ended else [])
    return behind if customer.onboarded_at else behind + _ahead(row, reached, ended)


def _ahead(row: PendingRow, all_stops: list[Milestone], ended: Milestone | None) -> list[Milestone]:
    # A stop that was passed without being made (connected by the provider) is not waited for.
    last = max(number for number, stop in enumerate(all_stops) if stop.at)
    waiting = all_stops[last + 1 :]
    if row.step == Step.CANCELED:
        return []
    if waiting and not ended:
        first = waiting[0]
        text = "" if row.percent is not None else row.words
        waiting[0] = Milestone(first.title, "now", text=text)
    return waiting


def _ending(row: PendingRow) -> Milestone | None:
    """What stopped it for now, if something did."""
    customer, link = row.customer, row.customer.activation_link
    if link.revoked_at and row.step in {Step.INVITED, Step.OPENED, Step.DECLINED}:
        return Milestone("Activation link revoked", "bad", link.revoked_at)
    if row.trouble and row.step == Step.INVITED:
        return Milestone("Activation mail not sent yet", "warn", None, row.trouble.last_error)
    ends = {
        Step.CANCELED: ("bad", customer.onboarding_canceled_at, ""),
        Step.LINK_EXPIRED: ("bad", link.expires_at, "Resend it: the customer gets a new one."),
        Step.DECLINED: ("bad", link.declined_at, "The link still works for another attempt."),
        Step.AWAITING_APPROVAL: ("warn", None, customer.onboarding.approval_admin),
        Step.IMPORT_FAILED: ("bad", None, "The import run tells the remedy."),
    }
    if row.step not in ends:
        return None
    state, at, text = ends[Step(row.step)]
    return Milestone(_ENDINGS[Step(row.step)], state, at or customer.onboarding.changed_at, text)


def _stop(title: str, at: datetime | None) -> Milestone:
    return Milestone(title, "done" if at else "todo", at)
