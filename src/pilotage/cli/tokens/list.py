"""`pilotage tokens list`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json

_COLUMNS = {
    "id": "Id",
    "name": "Name",
    "role": "Role",
    "begins_with": "Begins with",
    "expires_at": "Expires",
    "last_used_at": "Last used",
    "revoked_at": "Revoked",
}


def list_command(json: Json = False) -> None:
    """List API tokens, newest first; never their secrets."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, print_table
    from pilotage.partners.as_json import token_as_json
    from pilotage.partners.queries import list_api_tokens

    found = [token_as_json(token) for token in list_api_tokens(command_line())]
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
