"""The jobs that send mails."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pilotage.mail.deliver import deliver
from pilotage.mail.lost import lost_mails

# For what goes wrong on this side, a database that restarts, say. What the mail server refuses is
# no exception here: `deliver` says when to try again.
RETRY = RetryStrategy(max_attempts=10, linear_wait=10)


@app.task(name="send_mail", queue="mail", priority=80, retry=RETRY)
def send_mail(mail_id: str) -> None:
    """Try to send one mail; a failure that may pass defers the next try."""
    next_try_at = deliver(UUID(mail_id))
    if next_try_at is not None:
        send_mail.configure(schedule_at=next_try_at).defer(mail_id=mail_id)


@app.periodic(cron="* * * * *", periodic_id="requeue_mails")
@app.task(name="requeue_mails", queue="mail", priority=70)
def requeue_mails(timestamp: int) -> None:
    """Mails whose job is gone, whatever became of it, get a new one."""
    for mail_id in lost_mails():
        send_mail.defer(mail_id=str(mail_id))
