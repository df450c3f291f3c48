"""`pilotage imports run`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def run(
    customer: CustomerText,
    full: Annotated[
        bool, typer.Option("--full", help="Read everything, not only what has changed.")
    ] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the end.")] = False,
    json: Json = False,
) -> None:
    """Import a customer's tenant; exit code 1 if the run failed."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.imports.shown import print_run
    from pilotage.cli.imports.waiting import wait_for
    from pilotage.imports.actions.request_import import request_import

    actor = command_line()
    started = request_import(actor, get_customer_named(actor, customer).id, is_full=full)
    if wait:
        wait_for(actor, started.id, quiet=json)
    print_run(actor, started.id, as_json=json)
