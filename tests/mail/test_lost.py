"""A mail whose job is gone goes out all the same."""

from datetime import timedelta

from django.db import connection

from pilotage.kernel import clock
from pilotage.mail.lost import lost_mails
from pilotage.mail.models import Mail, MailState
from pilotage.mail.tasks import requeue_mails
from tests.cast import World


def jobs(status: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where task_name = 'send_mail' and status = %s",
            [status],
        )
        found: int = cursor.fetchone()[0]
    return found


def lose_the_job() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'failed'")


def test_a_queued_mail_without_a_job_gets_one(world: World) -> None:
    world.add_customer()
    mail = Mail.objects.get(kind="activation")
    with clock.moved_by(timedelta(minutes=3)):
        assert lost_mails() == [], "its job waits"
        lose_the_job()
        assert lost_mails() == [mail.id]
        requeue_mails(timestamp=0)
        assert jobs("todo") == 1
        assert lost_mails() == []


def test_a_mail_that_waits_for_its_next_try_is_left_alone(world: World) -> None:
    world.add_customer()
    lose_the_job()
    soon = clock.now() + timedelta(hours=1)
    Mail.objects.update(state=MailState.RETRYING, next_try_at=soon)
    assert lost_mails() == []
    with clock.moved_by(timedelta(hours=1, minutes=3)):
        assert len(lost_mails()) == 1


def test_what_is_settled_is_never_sent_again(world: World) -> None:
    world.add_customer()
    lose_the_job()
    with clock.moved_by(timedelta(days=1)):
        for state in (MailState.SENT, MailState.FAILED, MailState.DROPPED):
            Mail.objects.update(state=state)
            assert lost_mails() == []
