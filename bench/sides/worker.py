"""One import by a worker of its own, as in production, watched from outside."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.stage.cpu import peak_megabytes, tree_seconds
from bench.stage.database import asked
from bench.stage.processes import BenchFailed, running
from bench.stage.stage import Stage

WITHIN = 3_600.0
_STARTED = "select started_at is not null, finished_at is not null from imports_importrun"
_LATEST = "select id from imports_importrun order by created_at desc limit 1"
_LOOK_EVERY = 0.02


@dataclass(frozen=True, slots=True)
class Run:
    """A finished import: what `pilotage imports show --json` says, and what it took."""

    shown: Mapping[str, Any]
    cpu: float
    peak_mb: float

    @property
    def seconds(self) -> float:
        """From the start of the run to its end, by the run's own record."""
        return float(self.shown["total_seconds"])

    def sum_of(self, what: str) -> int:
        """`read`, `written` or `removed` of all collectors."""
        return sum(int(collector[what]) for collector in self.shown["collectors"].values())


def work_off(stage: Stage, database_url: str, settings: Mapping[str, str]) -> Run:
    """Start a worker for the run that is queued; returns when the run has ended.

    The run is queued before, so that nothing but the worker runs meanwhile. Raises BenchFailed
    when it does not succeed.
    """
    environment = stage.installation.environment(database_url, **settings)
    log = stage.folder / "worker.log"
    with (
        psycopg.connect(database_url, autocommit=True) as connection,
        running(["pilotage", "worker"], environment, log) as worker,
    ):
        run_id = str(asked(connection, _LATEST)[0])
        before = after = _cpu(stage, worker.pid)
        deadline = time.monotonic() + WITHIN
        while True:
            # Taken before the look: what is counted begins no later than the run.
            now = _cpu(stage, worker.pid)
            is_started, is_finished = asked(connection, f"{_STARTED} where id = %s", run_id)
            before = before if is_started else now
            if is_finished:
                after = _cpu(stage, worker.pid)
                break
            if worker.poll() is not None or time.monotonic() > deadline:
                raise BenchFailed(f"The import did not end; see {log}.")
            time.sleep(0.2 if is_started else _LOOK_EVERY)
        peak = peak_megabytes(worker.pid)
    text = stage.installation.command(database_url, "imports", "show", run_id, "--json")
    shown = json.loads(text)
    if shown["status"] != "succeeded":
        raise BenchFailed(f"The import {shown['status']}: {shown['outcome']}; see {log}.")
    return Run(shown, after - before, peak)


def _cpu(stage: Stage, worker: int) -> float:
    return tree_seconds(worker) + stage.server.cpu_seconds()
