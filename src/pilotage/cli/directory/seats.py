"""`pilotage directory seats`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def seats(customer: CustomerText, json: Json = False) -> None:
    """Show the seats used on each of the last 90 days."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json, print_table
    from pilotage.directory.as_json import seats_as_json
    from pilotage.directory.seats import list_seats

    actor = command_line()
    found = seats_as_json(list_seats(actor, get_customer_named(actor, customer).id))
    if json:
        print_json(found)
    else:
        print_table({"day": "Day", "seats": "Seats"}, found)
