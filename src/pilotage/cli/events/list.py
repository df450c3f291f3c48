"""`pilotage events list`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, Limit

_COLUMNS = {
    "at": "At",
    "name": "Event",
    "severity": "Severity",
    "actor.name": "By",
    "message": "Message",
}


def list_command(
    customer: Annotated[str, typer.Option(help="Id or exact name.")] = "",
    name: Annotated[str, typer.Option(help="One kind, e.g. customer.added.")] = "",
    limit: Limit = 100,
    json: Json = False,
) -> None:
    """List events, newest first."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json, print_table
    from pilotage.events.queries import list_events

    actor = command_line()
    customer_id = get_customer_named(actor, customer).id if customer else None
    rows = list_events(actor, customer_id=customer_id, name=name)[:limit]
    found = [event.as_json() for event in rows]
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
