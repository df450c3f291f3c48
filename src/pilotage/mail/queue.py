"""Put a mail into the outbox."""

from collections.abc import Mapping
from uuid import UUID

from pilotage.kernel import clock
from pilotage.mail.kinds import get_kind
from pilotage.mail.limits import take_turn
from pilotage.mail.models import Mail, MailState
from pilotage.mail.tasks import send_mail


def queue_mail(
    kind: str,
    *,
    key: str,
    to: str,
    partner_id: UUID,
    customer_id: UUID | None = None,
    context: Mapping[str, object] | None = None,
) -> Mail | None:
    """Insert a mail and its job; None if a mail with this `key` exists already.

    Call it inside the transaction of the change: both commit or neither does. `context` holds
    plain JSON values for the template and never secrets. An invitation beyond the limits is put
    off, and its kind is told.
    """
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to": to,
            "partner_id": partner_id,
            "customer_id": customer_id,
            "context": dict(context or {}),
            "created_at": clock.now(),
        },
    )
    if not is_new:
        return None
    turn = take_turn(mail)
    if turn is not None:
        get_kind(kind).after_holding(mail)
    send_mail.configure(schedule_at=turn).defer(mail_id=str(mail.id))
    return mail


def drop_unsent(customer_id: UUID, kind: str, why: str) -> None:
    """Mails of this kind that have not gone out lose their point, and their turn.

    One that is being sent at this moment is left to the sender, who looks for itself.
    """
    unsent = Mail.objects.filter(
        customer_id=customer_id, kind=kind, state__in=[MailState.QUEUED, MailState.RETRYING]
    )
    free = unsent.select_for_update(skip_locked=True).values_list("id", flat=True)
    Mail.objects.filter(id__in=list(free)).update(
        state=MailState.DROPPED, last_error=why, next_try_at=None, held_by=""
    )
