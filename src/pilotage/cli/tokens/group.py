"""The group `pilotage tokens`."""

import typer

from pilotage.cli.tokens.create import create
from pilotage.cli.tokens.list import list_command
from pilotage.cli.tokens.revoke import revoke

group = typer.Typer(no_args_is_help=True, help="API tokens for scripts.")
group.command("create")(create)
group.command("list")(list_command)
group.command("revoke")(revoke)
