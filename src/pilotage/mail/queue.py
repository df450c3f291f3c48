"""Put a mail into the outbox."""

from collections.abc import Mapping
from uuid import UUID

from pilotage.kernel import clock
from pilotage.mail.models import Mail
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
    plain JSON values for the template and never secrets.
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
    send_mail.defer(mail_id=str(mail.id))
    return mail
