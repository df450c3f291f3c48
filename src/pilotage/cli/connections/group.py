"""The group `pilotage connections`."""

import typer

from pilotage.cli.connections.list import list_command

group = typer.Typer(no_args_is_help=True, help="See how the connections to the tenants are.")


@group.callback()
def connections() -> None:
    """See how the connections to the tenants are."""


group.command("list")(list_command)
