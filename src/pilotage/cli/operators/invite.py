"""`pilotage operators invite`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, PartnerText
from pilotage.kernel.actor import Role


def invite(
    email: Annotated[str, typer.Argument(help="Where the set-up link goes.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    *,
    role: Annotated[Role, typer.Option(help="viewer, editor or admin.")] = Role.VIEWER,
    partner: PartnerText = "",
    json: Json = False,
) -> None:
    """Invite an operator by mail; the set-up link works once, for 24 hours."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.invite_operator import invite_operator
    from pilotage.partners.as_json import operator_as_json

    actor = command_line()
    owner = get_partner_named(actor, partner)
    operator = invite_operator(actor, partner_id=owner.id, email=email, name=name, role=role)
    if json:
        print_json(operator_as_json(operator))
    else:
        say(f"{operator.name} is invited to {owner.name} as {operator.role}.")
