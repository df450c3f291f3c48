"""Read the outbox."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from pilotage.kernel.actor import Actor
from pilotage.mail.models import Mail, MailState


def visible_to(actor: Actor) -> QuerySet[Mail]:
    """The mails that `actor` may see."""
    rows = Mail.objects.all()
    if actor.customer_id is not None:
        return rows.filter(customer_id=actor.customer_id)
    return rows if actor.is_provider else rows.filter(partner_id__in=actor.partner_ids)


def unsent_mails(actor: Actor, customer_ids: Iterable[UUID], *, kind: str) -> dict[UUID, Mail]:
    """By customer: the latest mail of that kind, where it has not reached the mail server yet."""
    latest = (
        visible_to(actor)
        .filter(customer_id__in=list(customer_ids), kind=kind)
        .order_by("customer_id", "-created_at")
        .distinct("customer_id")
    )
    settled = {MailState.SENT, MailState.DROPPED}
    return {m.customer_id: m for m in latest if m.customer_id and m.state not in settled}


def list_troubled_mails(actor: Actor) -> QuerySet[Mail]:
    """Mails about customers that are tried again or were given up, newest first."""
    states = [MailState.RETRYING, MailState.FAILED]
    rows = visible_to(actor).filter(state__in=states, customer_id__isnull=False)
    return rows.order_by("-created_at")
