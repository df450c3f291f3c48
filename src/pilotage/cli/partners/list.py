"""`pilotage partners list`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json

_COLUMNS = {"id": "Id", "name": "Name", "kind": "Kind", "email": "Email", "time_zone": "Time zone"}


def list_command(json: Json = False) -> None:
    """List partners."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, print_table
    from pilotage.partners.as_json import partner_as_json
    from pilotage.partners.queries import visible_to

    found = [partner_as_json(p) for p in visible_to(command_line()).order_by("name", "id")]
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
