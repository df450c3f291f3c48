"""The group `pilotage owner`."""

import typer

from pilotage.cli.owner.create import create

group = typer.Typer(no_args_is_help=True, help="The owner of this installation.")


@group.callback()
def owner() -> None:
    """The owner of this installation."""


group.command("create")(create)
