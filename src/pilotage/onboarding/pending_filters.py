"""Narrowing the pending customers to those in one step, or with one kind of trouble."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from pilotage.customers.models import Customer
from pilotage.kernel.errors import invalid
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding.models import Step

EXPIRING_WITHIN = timedelta(days=3)
MAIL_NOT_SENT, MAIL_HELD, LINK_EXPIRING = "mail_not_sent", "mail_held", "link_expiring"
# Steps in which the customer still needs a link that works.
_WITH_LINK = (Step.INVITED, Step.OPENED, Step.AWAITING_APPROVAL, Step.DECLINED)
LABELS = {
    Step.INVITED.value: "Activation link sent",
    Step.OPENED.value: "Link opened",
    Step.AWAITING_APPROVAL.value: "Waiting for approval",
    Step.DECLINED.value: "Consent declined",
    Step.CONSENTED.value: "Checking consent",
    Step.IMPORTING.value: "Importing",
    Step.IMPORT_FAILED.value: "Import failed",
    LINK_EXPIRING: "Link expires within 3 days",
    Step.LINK_EXPIRED.value: "Link expired",
    MAIL_NOT_SENT: "Mail not sent yet",
    MAIL_HELD: "Mail goes out later",
}


def in_step(rows: QuerySet[Customer], step: str, now: datetime) -> QuerySet[Customer]:
    """The pending customers in `step` (a key of LABELS; empty: all); raises Invalid.

    Whether a link has expired is read from its date, as everywhere.
    """
    if not step:
        return rows
    if step not in LABELS:
        raise invalid("step", "There is no such step. Choose one from the list.")
    if step == MAIL_NOT_SENT:
        return rows.filter(_mail_in_trouble())
    if step == MAIL_HELD:
        return rows.filter(_mail_held_back())
    waiting = Q(onboarding__step__in=_WITH_LINK)
    has_ended = Q(activation_link__expires_at__lte=now)
    if step == Step.LINK_EXPIRED:
        return rows.filter((waiting & has_ended) | Q(onboarding__step=Step.LINK_EXPIRED))
    if step == LINK_EXPIRING:
        soon = Q(activation_link__expires_at__lte=now + EXPIRING_WITHIN)
        return rows.filter(waiting & ~has_ended & soon)
    narrowed = rows.filter(onboarding__step=step)
    return narrowed.exclude(has_ended) if step in _WITH_LINK else narrowed


def _mail_in_trouble() -> Exists:
    is_tried = Q(state=MailState.RETRYING, held_by="")
    return Exists(_activation_mails().filter(is_tried | Q(state=MailState.FAILED)))


def _mail_held_back() -> Exists:
    """Too many invitations at once: this one waits for its turn, and nothing is wrong with it."""
    states = [MailState.QUEUED, MailState.RETRYING]
    return Exists(_activation_mails().filter(state__in=states).exclude(held_by=""))


def _activation_mails() -> QuerySet[Mail]:
    mails = Mail.objects.filter(customer_id=OuterRef("pk"), kind="activation")
    return mails.filter(to=OuterRef("activation_link__to"))
