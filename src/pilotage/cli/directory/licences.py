"""`pilotage directory licences`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json

_COLUMNS = {
    "name": "Product",
    "sku_part_number": "Part number",
    "bought": "Bought",
    "assigned": "Assigned",
    "free": "Free",
    "on_disabled": "On blocked accounts",
    "unused.90": "Unused for 90 days",
}


def licences(customer: CustomerText, json: Json = False) -> None:
    """List what has been bought at Microsoft, and what of it is wasted."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json, print_table
    from pilotage.directory.as_json import licence_as_json
    from pilotage.directory.licences import list_licences

    actor = command_line()
    found = list_licences(actor, get_customer_named(actor, customer).id)
    rows = [licence_as_json(one) for one in found]
    if json:
        print_json(rows)
    else:
        print_table(_COLUMNS, rows)
