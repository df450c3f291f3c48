"""`pilotage operators list`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json

_COLUMNS = {
    "email": "Email",
    "name": "Name",
    "role": "Role",
    "partner.name": "Partner",
    "is_active": "Active",
    "set_up_at": "Set up",
}


def list_command(json: Json = False) -> None:
    """List operators."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, print_table
    from pilotage.partners.as_json import operator_as_json
    from pilotage.partners.queries import list_operators

    found = [operator_as_json(operator) for operator in list_operators(command_line())]
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
