"""The group `pilotage imports`."""

import typer

from pilotage.cli.imports.cancel import cancel
from pilotage.cli.imports.changes import changes
from pilotage.cli.imports.error_codes import error_codes
from pilotage.cli.imports.list import list_command
from pilotage.cli.imports.retry import retry
from pilotage.cli.imports.run import run
from pilotage.cli.imports.show import show

group = typer.Typer(no_args_is_help=True, help="Import tenants and look at import runs.")
group.command("run")(run)
group.command("list")(list_command)
group.command("show")(show)
group.command("cancel")(cancel)
group.command("retry")(retry)
group.command("changes")(changes)
group.command("error-codes")(error_codes)
