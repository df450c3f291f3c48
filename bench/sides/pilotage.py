"""Pilotage: first imports and further ones, with all checkpoints and records."""

from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from bench.measured import Measured
from bench.sides.same import check_rows, check_select
from bench.sides.worker import Ask, Run, work_off
from bench.stage.database import asked, tables_of
from bench.stage.installation import BASE, CUSTOMER, TINY
from bench.stage.stage import Stage

TABLES = {
    "users": "directory_user",
    "groups": "directory_group",
    "memberships": "directory_membership",
    "devices": "directory_device",
}
OF_CUSTOMER = (
    f"customer_id = (select id from customers_customer where organization_name = '{CUSTOMER}')"
)
_UPDATED = "select coalesce(sum(n_tup_upd), 0) from pg_stat_user_tables where relname like any(%s)"


def first_import(tenant_of: Callable[[Stage], str], **settings: str) -> Callable[[Stage], Measured]:
    """A side: the first import of a tenant by a worker with these settings."""

    def run(stage: Stage) -> Measured:
        with stage.server.database(BASE) as url:
            return measure_first(stage, url, tenant_of(stage), settings)

    return run


def measure_first(
    stage: Stage, url: str, tenant_id: str, settings: Mapping[str, str] | None = None
) -> Measured:
    """Bind the customer to the tenant, which begins the first import."""
    return measure(
        stage, url, tenant_id, settings or {},
        lambda: _connect(stage, url, TINY, stage.tiny()),
        lambda: _connect(stage, url, CUSTOMER, tenant_id),
    )  # fmt: skip


def _connect(stage: Stage, url: str, customer: str, tenant_id: str) -> None:
    stage.simulator.clear_log()
    stage.installation.command(url, "customers", "connect", customer, "--tenant-id", tenant_id)


def measure(
    stage: Stage, url: str, tenant_id: str, settings: Mapping[str, str], *asks: Ask
) -> Measured:
    """Have the last of `asks` measured, and check what it left against the tenant."""
    done = work_off(stage, url, settings, *asks)
    log = stage.simulator.log(tenant_id)
    check_select(log["requests"])
    rows = count(url)
    check_rows("Pilotage", rows, stage.simulator.counts(tenant_id))
    cpu = done.client_cpu + done.server_cpu
    return Measured(done.seconds, cpu, rows, done.peak_mb, _details(done, log["counters"]))


def count(url: str) -> dict[str, int]:
    """The customer's rows in the tables of the directory, without those of removed objects."""
    with psycopg.connect(url) as connection:
        return {name: _count(connection, table) for name, table in TABLES.items()}


def _count(connection: "psycopg.Connection[Any]", table: str) -> int:
    keeps_removed = asked(
        connection,
        "select count(*) from information_schema.columns"
        " where table_name = %s and column_name = 'removed_at'",
        table,
    )[0]
    only = " and removed_at is null" if keeps_removed else ""
    return int(asked(connection, f"select count(*) from {table} where {OF_CUSTOMER}{only}")[0])


def updated_rows(url: str) -> int:
    """How often PostgreSQL has updated a row of the directory (after the worker has gone)."""
    with psycopg.connect(url) as connection:
        names = tables_of(connection, *TABLES.values())
        like = [f"{name}%" for name in names]
        return int(asked(connection, _UPDATED, like)[0])


def _details(done: Run, counters: Mapping[str, float]) -> dict[str, float]:
    parts = {f"{name} seconds": float(c["seconds"]) for name, c in done.shown["collectors"].items()}
    return {
        "client CPU": done.client_cpu,
        "server CPU": done.server_cpu,
        "is delta": float(done.shown["kind"] == "delta"),
        "read": done.sum_of("read"),
        "written": done.sum_of("written"),
        "removed": done.sum_of("removed"),
        "units by the run": float(done.shown["resource_units"]),
        "units by the simulator": float(counters["resource_units"]),
        "requests": float(counters["requests"]),
        "throttled": float(counters["throttled"]),
        "early": float(counters["requests_inside_retry_after"]),
        **parts,
    }
