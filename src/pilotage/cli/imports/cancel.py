"""`pilotage imports cancel`."""

from typing import Annotated
from uuid import UUID

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def cancel(
    run_id: Annotated[UUID, typer.Argument(help="The run's id; see `imports list`.")],
    json: Json = False,
) -> None:
    """Stop an import run; what it has read so far stays."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say
    from pilotage.imports.actions.cancel_import import cancel_import
    from pilotage.imports.as_json import record_as_json

    run = cancel_import(command_line(), run_id)
    if json:
        print_json(record_as_json(run))
    else:
        say(f"Import {run.number} is canceled.")
