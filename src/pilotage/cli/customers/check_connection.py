"""`pilotage customers check-connection`."""

import time
from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json

_LOOK_EVERY, _LONGEST = 0.5, 120.0


def check_connection(
    customer: CustomerText,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the worker's answer.")] = False,
    json: Json = False,
) -> None:
    """Look at a customer's tenant now; with --wait, exit code 1 unless it is connected."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_facts, print_json
    from pilotage.customers.connections import get_connection
    from pilotage.onboarding.actions.probe_connection import probe_connection
    from pilotage.onboarding.connections import connection_as_json

    actor = command_line()
    held = probe_connection(actor, get_customer_named(actor, customer).id)
    waited = 0.0
    while wait and held.probe_requested_at and waited < _LONGEST:
        time.sleep(_LOOK_EVERY)
        waited += _LOOK_EVERY
        held = get_connection(actor, held.customer_id)
    shown = connection_as_json(held)
    if json:
        print_json(shown)
    else:
        names = ("state", "since", "reason", "check_requested_at", "last_checked_at", "next_step")
        print_facts([(name.replace("_", " ").capitalize(), shown[name]) for name in names])
    if wait and (held.probe_requested_at or shown["state"] != "connected"):
        raise typer.Exit(1)
