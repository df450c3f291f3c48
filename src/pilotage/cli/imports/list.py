"""`pilotage imports list`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json, Limit

_COLUMNS = {
    "run_id": "Id",
    "number": "Run",
    "status": "Status",
    "started_at": "Started",
    "total_seconds": "Seconds",
    "outcome": "Outcome",
}


def list_command(customer: CustomerText, limit: Limit = 50, json: Json = False) -> None:
    """List a customer's import runs, newest first."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json, print_table
    from pilotage.imports.as_json import run_as_json
    from pilotage.imports.queries import list_runs

    actor = command_line()
    rows = list_runs(actor, get_customer_named(actor, customer).id)[:limit]
    found = [run_as_json(run) for run in rows]
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
