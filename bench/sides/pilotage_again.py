"""Pilotage's further imports of a tenant it knows: in full, and what has changed."""

from collections.abc import Callable

from bench.measured import Measured
from bench.sides.pilotage import count, measure, measure_first, updated_rows
from bench.stage.installation import BASE, CUSTOMER, TINY
from bench.stage.stage import Stage

# Of 1,000,000 users a hundredth is 10,000.
HUNDREDTH = 100
FULL = ("bench.sides.ask_full",)
ON_DEMAND = ("pilotage", "imports", "run")
NIGHTLY = ("bench.sides.ask_nightly",)


def first_and_full(tenant_of: Callable[[Stage], str]) -> Callable[[Stage], Measured]:
    """A side: the whole tenant once more, unchanged. `details` has the first import's seconds.

    `rows updated` is what PostgreSQL counts in the directory's tables; the worker of the first
    import has ended by then, so that its backends have handed in their counts.
    """

    def run(stage: Stage) -> Measured:
        tenant_id = tenant_of(stage)
        with stage.server.database(BASE) as url:
            first = measure_first(stage, url, tenant_id)
            before = updated_rows(url)
            again = _again(stage, url, tenant_id, FULL)
            updated = updated_rows(url) - before
        return _with(again, **{"first seconds": first.seconds, "rows updated": updated})

    return run


def first_and_deltas(tenant_of: Callable[[Stage], str]) -> Callable[[Stage], Measured]:
    """A side: the first import, then changes when there are none, then when 1 % has changed, each
    asked for on demand and as a night would.

    The result is the first import's; seconds of the others are in `details`.
    """

    def run(stage: Stage) -> Measured:
        tenant_id = tenant_of(stage)
        with stage.server.database(BASE) as url:
            first = measure_first(stage, url, tenant_id)
            details: dict[str, float] = {}
            for when, command in (("on demand", ON_DEMAND), ("nightly", NIGHTLY)):
                again = _again(stage, url, tenant_id, command)
                details |= _prefixed(f"unchanged {when}", again)
            for when, command in (("on demand", ON_DEMAND), ("nightly", NIGHTLY)):
                _change(stage, tenant_id, count(url)["users"] // HUNDREDTH)
                again = _again(stage, url, tenant_id, command)
                details |= _prefixed(f"changed {when}", again)
        return _with(first, **details)

    return run


def _again(stage: Stage, url: str, tenant_id: str, command: tuple[str, ...]) -> Measured:
    """One more import, asked for with that command."""

    def ask(customer: str) -> None:
        stage.simulator.clear_log()
        stage.installation.module(url, *command, customer)

    return measure(stage, url, tenant_id, {}, lambda: ask(TINY), lambda: ask(CUSTOMER))


def _change(stage: Stage, tenant_id: str, users: int) -> None:
    """Change that many users: most get other values, a tenth each is new or deleted."""
    some = users // 10
    wanted = {"users_updated": users - 2 * some, "users_added": some, "users_deleted": some}
    stage.simulator.call("POST", f"/tenants/{tenant_id}/changes", wanted)


def _with(measured: Measured, **more: float) -> Measured:
    return Measured(
        measured.seconds, measured.cpu, measured.rows, measured.peak_mb,
        {**measured.details, **more},
    )  # fmt: skip


def _prefixed(name: str, measured: Measured) -> dict[str, float]:
    kept = ("is delta", "read", "written", "removed", "requests")
    figures = {f"{name} {key}": measured.details[key] for key in kept}
    return {f"{name} seconds": measured.seconds, **figures}
