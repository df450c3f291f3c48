"""How one import run is printed."""

from typing import Any
from uuid import UUID

import typer

from pilotage.cli.output import print_facts, print_json, print_table
from pilotage.imports.as_json import record_as_json
from pilotage.imports.models import RunState
from pilotage.imports.queries import get_run
from pilotage.kernel.actor import Actor

_COLUMNS = {
    "collector": "Collector",
    "state": "State",
    "carried": "Read before",
    "read": "Read",
    "written": "Written",
    "removed": "Removed",
    "errors": "Errors",
    "seconds": "Seconds",
    "reason.code": "Reason",
}
_FACTS = ("run_id", "kind", "status", "outcome", "attempt", "retry_of", "requested_by",
          "started_at", "finished_at", "total_seconds", "resource_units")  # fmt: skip
_ERRORS = {
    "code": "Error",
    "collector": "Collector",
    "count": "Times",
    "text": "What happened",
    "particular": "In particular",
    "remedy": "What to do",
    "request_id": "Microsoft request id",
    "resolved_at": "Went away",
}
_WAITS = {"reason": "Wait", "collector": "Collector", "began_at": "From", "ended_at": "To"}


def print_run(actor: Actor, run_id: UUID, *, as_json: bool) -> None:
    """The run as it is now; exit code 1 if it has failed or was canceled."""
    run = get_run(actor, run_id)
    shown = record_as_json(run)
    if as_json:
        print_json(shown)
    else:
        _print(shown)
    if run.state in {RunState.FAILED, RunState.CANCELED}:
        raise typer.Exit(1)


def _print(shown: dict[str, Any]) -> None:
    facts = {name: shown[name] for name in _FACTS} | (shown["progress"] or {})
    if shown["not_tonight"]:
        facts["not_tonight"] = ", ".join(shown["not_tonight"])
    print_facts([(name.replace("_", " ").capitalize(), value) for name, value in facts.items()])
    print_table(_COLUMNS, [{"collector": name, **c} for name, c in shown["collectors"].items()])
    if shown["waits"]:
        print_table(_WAITS, shown["waits"])
    if shown["errors"]:
        print_table(_ERRORS, shown["errors"])
