"""`pilotage tokens create`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, PartnerText
from pilotage.kernel.actor import Role


def create(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    role: Annotated[Role, typer.Option(help="viewer, editor or admin.")] = Role.VIEWER,
    days: Annotated[int, typer.Option(help="How long it works, 1 to 365.")] = 90,
    partner: PartnerText = "",
    json: Json = False,
) -> None:
    """Create an API token; it is shown this once."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.create_api_token import create_api_token
    from pilotage.partners.as_json import token_as_json

    actor = command_line()
    owner = get_partner_named(actor, partner)
    token, secret = create_api_token(actor, name=name, role=role, days=days, partner_id=owner.id)
    if json:
        print_json({**token_as_json(token), "token": secret})
    else:
        say(secret)
