"""The worker goes on when its connections to PostgreSQL are lost, and ends softly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from pilotage.mail.models import Mail, MailState
from tests.cast import World

SRC = str(Path(__file__).resolve().parents[2] / "src")
pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]


def until(is_true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something, and fail if it does not come."""
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`pilotage worker` on the test's database."""
    _forget_earlier_ones()
    base = os.environ["PILOTAGE_DATABASE_URL"]
    environ = {
        **os.environ,
        "PYTHONPATH": SRC,
        "PILOTAGE_DATABASE_URL": _with_name(base, connection.settings_dict["NAME"]),
        # Nobody listens there: a mail that was tried stands in the table as such.
        "PILOTAGE_EMAIL_URL": "smtp://127.0.0.1:1",
        "PGAPPNAME": "worker under test",
    }
    with (tmp_path / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pilotage", "worker"], env=environ, stderr=log
        )
        yield process
        if process.poll() is None:
            process.kill()
        process.wait(10)
    _forget_earlier_ones()


def _forget_earlier_ones() -> None:
    # Django empties only its own tables between tests.
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


def _with_name(url: str, name: str) -> str:
    before, _, query = url.partition("?")
    return before.rpartition("/")[0] + f"/{name}" + (f"?{query}" if query else "")


def heartbeats() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_workers")
        return int(cursor.fetchone()[0])


def heartbeats_since(moment: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_workers where last_heartbeat > %s", [moment]
        )
        return int(cursor.fetchone()[0])


def database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def cut_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            "where application_name = 'worker under test'"
        )
        return int(cursor.fetchone()[0])


def test_it_goes_on_after_the_database_was_away_and_ends_softly(
    world: World, worker: subprocess.Popen[bytes]
) -> None:
    until(lambda: heartbeats() == 2)
    world.add_customer()
    until(lambda: Mail.objects.get().state == MailState.RETRYING)
    for number in range(3):
        assert cut_connections() > 0
        name = f"Customer {number}"
        world.add_customer(organization_name=name, notification_email=f"a{number}@x.example")
        mails = Mail.objects.filter(to=f"a{number}@x.example")
        until(lambda found=mails: found.get().state == MailState.RETRYING)
    assert worker.poll() is None
    # A life that was cut off leaves its row behind, which a later one prunes; and one that is told
    # to stop while it is being put on the list stays there. Both of this life are on it now.
    moment = database_time()
    until(lambda: heartbeats_since(moment) == 2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(15) == 0
    assert heartbeats_since(moment) == 0
