"""One import by a worker of its own, as in production, watched from outside."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from bench.stage.cpu import peak_megabytes, tree_seconds
from bench.stage.database import asked
from bench.stage.processes import BenchFailed, running
from bench.stage.stage import Stage

WITHIN = 3_600.0
_LATEST = (
    "select id, finished_at is not null from imports_importrun order by created_at desc limit 1"
)
_LOOK_EVERY, _IDLE = 0.1, 0.1  # seconds, the second one of processor time


@dataclass(frozen=True, slots=True)
class Run:
    """A finished import: what `pilotage imports show --json` says, and what it took."""

    shown: Mapping[str, Any]
    client_cpu: float
    server_cpu: float
    peak_mb: float

    @property
    def seconds(self) -> float:
        """From the start of the run to its end, by the run's own record."""
        return float(self.shown["total_seconds"])

    def sum_of(self, what: str) -> int:
        """`read`, `written` or `removed` of all collectors."""
        return sum(int(collector[what]) for collector in self.shown["collectors"].values())


Ask = Callable[[], object]


def work_off(stage: Stage, url: str, settings: Mapping[str, str], *asks: Ask) -> Run:
    """Start a worker, and have it do one import for each of `asks`; the last one is measured.

    Raises BenchFailed when an import does not succeed.
    """
    environment = stage.installation.environment(url, **settings)
    log = stage.folder / "worker.log"
    with (
        psycopg.connect(url, autocommit=True) as connection,
        running(["pilotage", "worker"], environment, log) as worker,
    ):
        _wait_until_idle(worker.pid)
        for ask in asks:
            client, server = _cpu(stage, worker.pid)
            with stage.recorder.attached(worker.pid):
                ask()
                run_id = _wait_for_end(connection, worker)
            client_after, server_after = _cpu(stage, worker.pid)
        peak = peak_megabytes(worker.pid)
    shown = json.loads(stage.installation.command(url, "imports", "show", run_id, "--json"))
    if shown["status"] != "succeeded":
        raise BenchFailed(f"The import {shown['status']}: {shown['outcome']}; see {log}.")
    return Run(shown, client_after - client, server_after - server, peak)


def _wait_until_idle(worker: int) -> None:
    """A worker in production has long started when somebody asks for an import."""
    used = 0.0
    while (now := tree_seconds(worker)) > used + _IDLE or not now:
        used = now
        time.sleep(1.5)


def _wait_for_end(connection: "psycopg.Connection[Any]", worker: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + WITHIN
    while True:
        run_id, is_finished = asked(connection, _LATEST)
        if is_finished:
            return str(run_id)
        if worker.poll() is not None or time.monotonic() > deadline:
            raise BenchFailed("The import did not end; see worker.log.")
        time.sleep(_LOOK_EVERY)


def _cpu(stage: Stage, worker: int) -> tuple[float, float]:
    return tree_seconds(worker), stage.server.cpu_seconds()
