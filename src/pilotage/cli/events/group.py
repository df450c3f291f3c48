"""The group `pilotage events`."""

import typer

from pilotage.cli.events.list import list_command

group = typer.Typer(no_args_is_help=True, help="The event log.")


@group.callback()
def events() -> None:
    """The event log."""


group.command("list")(list_command)
