"""The group `pilotage partners`."""

import typer

from pilotage.cli.partners.add import add
from pilotage.cli.partners.counting_rule import counting_rule
from pilotage.cli.partners.import_window import import_window
from pilotage.cli.partners.list import list_command
from pilotage.cli.partners.set_counting_rule import set_counting_rule
from pilotage.cli.partners.set_import_window import set_import_window

group = typer.Typer(no_args_is_help=True, help="The partners of this installation.")
group.command("add")(add)
group.command("list")(list_command)
group.command("counting-rule")(counting_rule)
group.command("set-counting-rule")(set_counting_rule)
group.command("import-window")(import_window)
group.command("set-import-window")(set_import_window)
