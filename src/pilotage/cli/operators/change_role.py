"""`pilotage operators change-role`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json
from pilotage.kernel.actor import Role


def change_role(
    email: Annotated[str, typer.Argument(help="The operator's email address.")],
    role: Annotated[Role, typer.Option(help="viewer, editor or admin.")],
    json: Json = False,
) -> None:
    """Give an operator another role, from the next request on."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions import change_role as action
    from pilotage.partners.as_json import operator_as_json
    from pilotage.partners.queries import get_operator_by_email

    actor = command_line()
    operator = action.change_role(actor, get_operator_by_email(actor, email).id, role=role)
    if json:
        print_json(operator_as_json(operator))
    else:
        say(f"{operator.name} is now {operator.role}.")
