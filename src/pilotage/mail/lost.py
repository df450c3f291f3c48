"""Find mails that should go out and that no job will send."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from pilotage.kernel import clock

# A job that is due is picked up within seconds; later than this it has been lost.
LATE = timedelta(minutes=2)
_LOST = """
    select m.id from mail_mail m
    where (m.state = 'queued' and coalesce(m.next_try_at, m.created_at) < %(late)s
           or m.state = 'retrying' and m.next_try_at < %(late)s)
      and not exists (
        select 1 from procrastinate_jobs j
        where j.task_name = 'send_mail' and j.status in ('todo', 'doing')
          and j.args ->> 'mail_id' = m.id::text)
    order by m.created_at limit 500
"""


def lost_mails() -> list[UUID]:
    """The ids of mails that are due for two minutes and have no job: it failed, or was deleted."""
    with connection.cursor() as cursor:
        cursor.execute(_LOST, {"late": clock.now() - LATE})
        return [row[0] for row in cursor.fetchall()]
