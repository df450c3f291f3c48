"""`pilotage operators deactivate`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def deactivate(
    email: Annotated[str, typer.Argument(help="The operator's email address.")],
    json: Json = False,
) -> None:
    """Shut an operator out; sessions and tokens end at once."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.deactivate_operator import deactivate_operator
    from pilotage.partners.as_json import operator_as_json
    from pilotage.partners.queries import get_operator_by_email

    actor = command_line()
    operator = deactivate_operator(actor, get_operator_by_email(actor, email).id)
    if json:
        print_json(operator_as_json(operator))
    else:
        say(f"{operator.name} can no longer sign in.")
