"""A peer in a process and a database of its own."""

import json
from collections.abc import Callable
from dataclasses import asdict

import psycopg

from bench.measured import Measured
from bench.peers.job import Job
from bench.sides.same import check_rows
from bench.stage.database import asked, tables_of
from bench.stage.processes import ROOT, clean_environment, run
from bench.stage.stage import Stage

PYTHON = ROOT / ".venv-bench" / "bin" / "python"
WITHIN = 3_600.0
_TABLES = ("users", "groups", "memberships", "devices")


def peer(name: str, work: str, tenant_of: Callable[[Stage], str]) -> Callable[[Stage], Measured]:
    """A side: `peers/NAME.py` doing `work` (users, whole or sample)."""

    def measure(stage: Stage) -> Measured:
        tenant_id = tenant_of(stage)
        with stage.server.database() as url:
            job = _job(stage, tenant_id, url, work)
            environment = clean_environment(BENCH_JOB=json.dumps(asdict(job)))
            before = stage.server.cpu_seconds()
            command = [str(PYTHON), str(ROOT / "bench" / "peers" / f"{name}.py")]
            said = json.loads(run(command, environment, within=WITHIN).splitlines()[-1])
            server_cpu = stage.server.cpu_seconds() - before
            rows = _count(url)
        truth = dict(stage.simulator.counts(tenant_id))
        if work == "sample":
            truth["users"] = job.sample
        check_rows(name, rows, truth)
        parts = {"client CPU": said["cpu"], "server CPU": server_cpu}
        return Measured(said["seconds"], said["cpu"] + server_cpu, rows, details=parts)

    return measure


def _job(stage: Stage, tenant_id: str, database_url: str, work: str) -> Job:
    simulator = stage.simulator
    return Job(
        simulator.url, tenant_id, simulator.peers.client_id, simulator.peers.secret,
        simulator.ca_file, database_url, work, stage.sizes.sample,
    )  # fmt: skip


def _count(url: str) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        found = tables_of(connection, *(f"tenant.{name}" for name in _TABLES))
        counts = {name: int(asked(connection, f"select count(*) from {name}")[0]) for name in found}
    return {name.removeprefix("tenant."): count for name, count in counts.items()}
