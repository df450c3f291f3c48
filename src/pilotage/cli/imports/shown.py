"""How one import run is printed."""

from uuid import UUID

import typer

from pilotage.cli.output import print_facts, print_json, print_table
from pilotage.imports.as_json import run_as_json
from pilotage.imports.models import RunState
from pilotage.imports.queries import get_run
from pilotage.kernel.actor import Actor

_COLUMNS = {
    "collector": "Collector",
    "state": "State",
    "read": "Read",
    "written": "Written",
    "removed": "Removed",
    "errors": "Errors",
    "seconds": "Seconds",
}


def print_run(actor: Actor, run_id: UUID, *, as_json: bool) -> None:
    """The run as it is now; exit code 1 if it has failed or was canceled."""
    run = get_run(actor, run_id)
    shown = run_as_json(run)
    if as_json:
        print_json(shown)
    else:
        facts = ("run_id", "status", "outcome", "started_at", "finished_at", "total_seconds")
        print_facts([(name.replace("_", " ").capitalize(), shown[name]) for name in facts])
        print_table(_COLUMNS, [{"collector": name, **c} for name, c in shown["collectors"].items()])
    if run.state in {RunState.FAILED, RunState.CANCELED}:
        raise typer.Exit(1)
