"""The group `pilotage catalogue`."""

import typer

from pilotage.cli.catalogue.list import list_command
from pilotage.cli.catalogue.load import load

group = typer.Typer(no_args_is_help=True, help="What can be sold: SKUs and add-ons.")
group.command("load")(load)
group.command("list")(list_command)
