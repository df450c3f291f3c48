"""The group `pilotage directory`."""

import typer

from pilotage.cli.directory.insights import insights
from pilotage.cli.directory.licences import licences
from pilotage.cli.directory.lists import devices, groups, users
from pilotage.cli.directory.seats import seats
from pilotage.cli.directory.show import show

group = typer.Typer(no_args_is_help=True, help="Look at what was imported of a tenant.")
group.command("users")(users)
group.command("groups")(groups)
group.command("devices")(devices)
group.command("licences")(licences)
group.command("insights")(insights)
group.command("seats")(seats)
group.command("show")(show)
