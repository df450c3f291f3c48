"""`pilotage tokens revoke`."""

from typing import Annotated
from uuid import UUID

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def revoke(
    token_id: Annotated[UUID, typer.Argument(help="The token's id; see `tokens list`.")],
    json: Json = False,
) -> None:
    """Revoke an API token: the next request with it is refused."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.revoke_api_token import revoke_api_token
    from pilotage.partners.as_json import token_as_json

    token = revoke_api_token(command_line(), token_id)
    if json:
        print_json(token_as_json(token))
    else:
        say(f"API token “{token.name}” is revoked.")
