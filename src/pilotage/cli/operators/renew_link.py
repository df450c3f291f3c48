"""`pilotage operators renew-link`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def renew_link(
    email: Annotated[str, typer.Argument(help="The operator's email address.")],
    json: Json = False,
) -> None:
    """Mail a new set-up link; the earlier one stops working."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.renew_set_up_link import renew_set_up_link
    from pilotage.partners.as_json import operator_as_json
    from pilotage.partners.queries import get_operator_by_email

    actor = command_line()
    operator, _ = renew_set_up_link(actor, get_operator_by_email(actor, email).id)
    if json:
        print_json(operator_as_json(operator))
    else:
        say(f"A new set-up link goes to {operator.email}.")
