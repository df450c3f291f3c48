"""The worker's loop: procrastinate's worker, begun again whenever the database went away."""

import asyncio
import contextlib
import copy
import signal
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attr
import psycopg
import structlog
from procrastinate import App
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ProcrastinateException
from procrastinate.periodic import PeriodicRegistry, PeriodicTask
from procrastinate.psycopg_connector import PsycopgConnector

from local_postgres import PostgresError

log = structlog.get_logger()
BULK_QUEUE = "imports"
HEARTBEAT, STALLED = 3.0, 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
# While the database is away nobody waits longer than this, not even to stop.
POOL_TIMEOUT = 3.0

AnyPeriodic = PeriodicTask[Any, Any, Any]


def run(*, imports: int, others: int) -> None:
    """Do jobs until SIGTERM or SIGINT."""
    asyncio.run(_run(imports, others))


async def _run(imports: int, others: int) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(max_workers=imports + others + 2))
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    pause = FIRST_PAUSE
    while not stopping.is_set():
        started = loop.time()
        try:
            await _work(imports, others, stopping)
        except (ProcrastinateException, PostgresError, psycopg.Error, OSError) as error:
            log.warning("worker_lost_database", error=f"{type(error).__name__}: {error}")
        if stopping.is_set():
            break
        # A PostgreSQL restart ends procrastinate's worker without an error, so it starts anew.
        pause = FIRST_PAUSE if loop.time() - started > LONGEST_PAUSE else pause * 2
        log.warning("worker_restarts", after_seconds=min(pause, LONGEST_PAUSE))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), min(pause, LONGEST_PAUSE))


async def _work(imports: int, others: int, stopping: asyncio.Event) -> None:
    """One life: two workers, so that a mail never waits behind imports."""
    async with _opened() as jobs:
        quick = sorted({task.queue for task in jobs.tasks.values()} - {BULK_QUEUE})
        lives = {
            asyncio.create_task(_worker(jobs, quick, others)),
            asyncio.create_task(_worker(jobs, [BULK_QUEUE], imports)),
        }
        told_to_stop = asyncio.create_task(stopping.wait())
        log.info("worker_started", queues=[*quick, BULK_QUEUE])
        await asyncio.wait({*lives, told_to_stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in (*lives, told_to_stop):
            task.cancel()
        ends = await asyncio.gather(*lives, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end


async def _worker(jobs: App, queues: list[str], concurrency: int) -> None:
    await jobs.run_worker_async(
        queues=queues,
        name=queues[0],
        concurrency=concurrency,
        fetch_job_polling_interval=1.0,
        abort_job_polling_interval=1.0,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=STALLED,
        # Ended softly: a job that looks at `context.should_abort()` stops at its next page.
        shutdown_graceful_timeout=0.1,
        install_signal_handlers=False,
    )


@contextlib.asynccontextmanager
async def _opened() -> AsyncIterator[App]:
    """An app with connections of its own that knows all tasks.

    The tasks stay bound to the Django app: what a job defers inside its transaction must commit
    with that transaction, which replacing the app's connector would undo.
    """
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=2, max_size=8, timeout=POOL_TIMEOUT
    )
    jobs = DjangoApp(connector=connector)
    jobs.tasks = app.tasks
    jobs.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    jobs.periodic_registry.periodic_tasks.update(_bound(jobs))
    async with jobs.open_async():
        yield jobs


def _bound(jobs: App) -> Iterator[tuple[tuple[str, str], AnyPeriodic]]:
    for key, periodic in app.periodic_registry.periodic_tasks.items():
        task = copy.copy(periodic.task)
        task.blueprint = jobs
        yield key, attr.evolve(periodic, task=task)
