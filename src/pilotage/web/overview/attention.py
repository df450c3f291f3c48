"""What somebody should look at, each with the list behind it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pilotage.customers.connections import TROUBLED, list_connections
from pilotage.customers.filters import narrowed
from pilotage.customers.lifecycle import Status
from pilotage.customers.models import Customer
from pilotage.customers.queries import list_customers
from pilotage.imports.attention import failing_customers
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.kernel.pagination import capped_count
from pilotage.onboarding.models import Step
from pilotage.onboarding.pending_filters import LINK_EXPIRING, MAIL_HELD, MAIL_NOT_SENT, in_step
from pilotage.web.customers.list_page import count_words


@dataclass(frozen=True, slots=True)
class Concern:
    """A number of customers, in words, and where they are listed."""

    number: str
    text: str
    icon: str
    kind: str
    address: str


def attention(actor: Actor) -> list[Concern]:
    """The concerns that there are, the most urgent first; a fixed number of queries."""
    now = clock.now()
    pending = list_customers(actor, pending=True)
    settled = list_customers(actor, pending=False)
    trials = narrowed(settled, now=now, status=Status.ACTIVE, account_type="trial", expires="7")
    expired = narrowed(settled, now=now, status=Status.EXPIRED)
    found = [
        _pending(in_step(pending, Step.AWAITING_APPROVAL, now), Step.AWAITING_APPROVAL,
                 "waiting for your approval", "user-check", "warn"),
        _pending(in_step(pending, MAIL_NOT_SENT, now), MAIL_NOT_SENT,
                 "whose activation mail was not sent yet", "mail-warning", "bad"),
        _pending(in_step(pending, MAIL_HELD, now), MAIL_HELD,
                 "whose activation mail waits for its turn", "hourglass", "warn"),
        _concern(failing_customers(actor), "with import errors", "triangle-alert", "bad",
                 reverse("imports") + "?state=still_troubled"),
        _concern(list_connections(actor, state=TROUBLED), "whose connection needs something",
                 "unplug", "bad", reverse("connections")),
        _concern(trials, "whose trial ends within 7 days", "calendar-clock", "warn",
                 reverse("customers") + "?status=trial&expires=7&sort=expires_at"),
        _concern(expired, "whose account has expired", "calendar-x", "bad",
                 reverse("customers") + "?status=expired&sort=-expires_at"),
        _pending(in_step(pending, LINK_EXPIRING, now), LINK_EXPIRING,
                 "whose activation link ends within 3 days", "link-2", "warn"),
        _pending(in_step(pending, Step.LINK_EXPIRED, now), Step.LINK_EXPIRED,
                 "whose activation link has expired", "link-2-off", "bad"),
    ]  # fmt: skip
    return [concern for concern in found if concern]


def _pending(
    rows: QuerySet[Customer], step: str, text: str, icon: str, kind: str
) -> Concern | None:
    return _concern(rows, text, icon, kind, f"{reverse('pending_customers')}?step={step}")


def _concern(rows: QuerySet[Any], text: str, icon: str, kind: str, address: str) -> Concern | None:
    count = capped_count(rows)
    noun = "customer" if count == 1 else "customers"
    return Concern(count_words(count), f"{noun} {text}", icon, kind, address) if count else None
