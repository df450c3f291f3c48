"""The group `pilotage partners`."""

import typer

from pilotage.cli.partners.add import add
from pilotage.cli.partners.list import list_command

group = typer.Typer(no_args_is_help=True, help="The partners of this installation.")
group.command("add")(add)
group.command("list")(list_command)
