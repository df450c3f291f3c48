"""`pilotage catalogue list`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json

_COLUMNS = {
    "code": "Code",
    "name": "Name",
    "seat_limit": "Seats at most",
    "add_on_codes": "Add-ons",
}


def list_command(json: Json = False) -> None:
    """List the SKUs that can be sold, with the add-ons that fit."""
    load_django()
    from pilotage.catalog.as_json import sku_as_json
    from pilotage.catalog.queries import list_skus
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, print_table

    found = [sku_as_json(sku) for sku in list_skus(command_line())]
    if json:
        print_json(found)
        return
    print_table(_COLUMNS, [{**s, "add_on_codes": [a["code"] for a in s["add_ons"]]} for s in found])
