"""The group `pilotage operators`."""

import typer

from pilotage.cli.operators.change_role import change_role
from pilotage.cli.operators.deactivate import deactivate
from pilotage.cli.operators.invite import invite
from pilotage.cli.operators.list import list_command
from pilotage.cli.operators.renew_link import renew_link

group = typer.Typer(no_args_is_help=True, help="The people who sign in.")
group.command("list")(list_command)
group.command("invite")(invite)
group.command("renew-link")(renew_link)
group.command("change-role")(change_role)
group.command("deactivate")(deactivate)
