"""One attempt to send one mail."""

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.mail.kinds import Letter, MailKind, NoLongerWanted, get_kind
from pilotage.mail.limits import take_turn
from pilotage.mail.models import Mail, MailState

log = structlog.get_logger()
GIVE_UP_AFTER = timedelta(hours=24)
BACKOFF = [timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240, 360)]


@dataclass(frozen=True, slots=True)
class _About:
    id: UUID
    partner_id: UUID


def deliver(mail_id: UUID) -> datetime | None:
    """Send a mail; returns when to try again, or None when there is nothing more to do.

    An invitation whose turn has not come is not tried.

    At least once: if the server took it and the connection died before its answer, it goes out
    again with the same Message-ID. 4xx and connection errors are tried for 24 hours, 5xx are final
    (RFC 5321, 4.2.1).
    """
    mail = Mail.objects.get(id=mail_id)
    if mail.state not in {MailState.QUEUED, MailState.RETRYING}:
        return None
    kind = get_kind(mail.kind)
    try:
        letter = kind.render(mail)
    except NoLongerWanted as reason:
        Mail.objects.filter(id=mail.id).update(
            state=MailState.DROPPED, last_error=str(reason)[:300], next_try_at=None
        )
        return None
    turn = take_turn(mail)
    if turn is not None:
        kind.after_holding(mail)
        return turn
    try:
        _send(mail, letter)
    except (smtplib.SMTPException, OSError) as error:
        return _after_failure(mail, error, kind.failed_event)
    _sent(mail, kind)
    return None


def _send(mail: Mail, letter: Letter) -> None:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=_sender(letter),
        to=[mail.to],
        headers={
            "Message-ID": f"<{mail.id}@{settings.MAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    message.send()


def _sender(letter: Letter) -> str:
    """The installation's address, under the name of whoever the mail is from."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((" ".join(letter.sender.split()) or name, address))


@transaction.atomic
def _sent(mail: Mail, kind: MailKind) -> None:
    changed = (
        Mail.objects.filter(id=mail.id)
        .exclude(state=MailState.SENT)
        .update(
            state=MailState.SENT,
            sent_at=clock.now(),
            attempts=mail.attempts + 1,
            last_error="",
            next_try_at=None,
        )
    )
    if changed:
        kind.after_sending(mail)
        _record(mail, kind.sent_event, f"Mail sent to {mail.to}")


def _after_failure(mail: Mail, error: Exception, event: str) -> datetime | None:
    words = _words(error)
    log.warning("mail_not_sent", mail_id=str(mail.id), kind=mail.kind, error=words)
    since = max(mail.created_at, mail.held_until or mail.created_at)
    too_late = clock.now() - since > GIVE_UP_AFTER
    if _is_final(error) or too_late:
        return _fail(mail, words, event=event)
    next_try = clock.now() + BACKOFF[min(mail.attempts, len(BACKOFF) - 1)]
    with transaction.atomic():
        Mail.objects.filter(id=mail.id).update(
            state=MailState.RETRYING,
            attempts=mail.attempts + 1,
            last_error=words,
            next_try_at=next_try,
        )
        if mail.attempts == 0:
            _record(mail, event, f"Mail to {mail.to} not sent yet, trying again: {words}")
    return next_try


@transaction.atomic
def _fail(mail: Mail, words: str, *, event: str) -> None:
    Mail.objects.filter(id=mail.id).update(
        state=MailState.FAILED, attempts=mail.attempts + 1, last_error=words, next_try_at=None
    )
    _record(mail, event, f"Mail to {mail.to} could not be sent: {words}")


def _record(mail: Mail, event: str, message: str) -> None:
    about = _About(mail.customer_id, mail.partner_id) if mail.customer_id else None
    record(
        system_actor("mail"),
        event,
        customer=about,
        partner_id=mail.partner_id,
        message=message,
        details={"mail_id": str(mail.id), "kind": mail.kind, "to": mail.to},
    )


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, smtplib.SMTPNotSupportedError)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _said(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:300]


def _said(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"The mail server said {code} {words}"[:300]
