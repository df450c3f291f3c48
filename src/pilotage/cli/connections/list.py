"""`pilotage connections list`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, Limit

_COLUMNS = {
    "organization_name": "Organization",
    "state": "State",
    "since": "Since",
    "next_step": "Next step",
    "missing_names": "Missing",
    "last_checked_at": "Last check",
    "last_error.code": "Error",
}


def list_command(
    state: Annotated[
        str, typer.Option(help="A state, disconnected, or troubled: all that is not connected.")
    ] = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List connections, the latest change first."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, print_table
    from pilotage.customers.connections import list_connections
    from pilotage.onboarding.connections import connection_as_json

    rows = list_connections(command_line(), state=state).order_by("-state_since")[:limit]
    found = [connection_as_json(row) for row in rows]
    if json:
        print_json(found)
        return
    print_table(
        _COLUMNS, [{**one, "missing_names": [p["name"] for p in one["missing"]]} for one in found]
    )
