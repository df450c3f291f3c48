"""`pilotage imports retry`."""

from typing import Annotated
from uuid import UUID

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def retry(
    run_id: Annotated[UUID, typer.Argument(help="The run's id; see `imports list`.")],
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the end.")] = False,
    json: Json = False,
) -> None:
    """Begin a new attempt where a run failed; exit code 1 if it fails again."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.imports.shown import print_run
    from pilotage.cli.imports.waiting import wait_for
    from pilotage.imports.actions.retry_import import retry_import

    actor = command_line()
    started = retry_import(actor, run_id)
    if wait:
        wait_for(actor, started.id, quiet=json)
    print_run(actor, started.id, as_json=json)
