"""`pilotage imports show`."""

from typing import Annotated
from uuid import UUID

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def show(
    run_id: Annotated[UUID, typer.Argument(help="The run's id; see `imports list`.")],
    json: Json = False,
) -> None:
    """Show one import run with its collectors and errors; exit code 1 if it failed."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.imports.shown import print_run

    print_run(command_line(), run_id, as_json=json)
