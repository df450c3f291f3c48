"""The job that sends a mail."""

from uuid import UUID

from procrastinate.contrib.django import app

from pilotage.mail.deliver import deliver


@app.task(name="send_mail", queue="mail", priority=80)
def send_mail(mail_id: str) -> None:
    """Try to send one mail; a failure that may pass defers the next try."""
    next_try_at = deliver(UUID(mail_id))
    if next_try_at is not None:
        send_mail.configure(schedule_at=next_try_at).defer(mail_id=mail_id)
