"""`pilotage customers show`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def show(customer: CustomerText, json: Json = False) -> None:
    """Show one customer and what can be done with it."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer

    actor = command_line()
    print_customer(actor, get_customer_named(actor, customer).id, as_json=json)
