"""The group `pilotage customers`."""

import typer

from pilotage.cli.customers.activation_link import activation_link
from pilotage.cli.customers.add import add
from pilotage.cli.customers.cancel_onboarding import cancel_onboarding
from pilotage.cli.customers.check_connection import check_connection
from pilotage.cli.customers.connect import connect
from pilotage.cli.customers.convert import convert
from pilotage.cli.customers.edit import edit
from pilotage.cli.customers.extend_trial import extend_trial
from pilotage.cli.customers.list import list_command
from pilotage.cli.customers.resend import resend
from pilotage.cli.customers.resume import resume
from pilotage.cli.customers.show import show
from pilotage.cli.customers.suspend import suspend

group = typer.Typer(no_args_is_help=True, help="Add, look at and act on customers.")
group.command("add")(add)
group.command("list")(list_command)
group.command("show")(show)
group.command("extend-trial")(extend_trial)
group.command("convert")(convert)
group.command("edit")(edit)
group.command("check-connection")(check_connection)
group.command("connect")(connect)
group.command("activation-link")(activation_link)
group.command("resend")(resend)
group.command("suspend")(suspend)
group.command("resume")(resume)
group.command("cancel-onboarding")(cancel_onboarding)
