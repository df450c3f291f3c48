"""`pilotage customers cancel-onboarding`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def cancel_onboarding(customer: CustomerText, json: Json = False) -> None:
    """Stop an onboarding: link and running import end at once, the history stays."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.onboarding.actions import cancel_onboarding as action

    actor = command_line()
    found = get_customer_named(actor, customer)
    action.cancel_onboarding(actor, found.id)
    print_customer(actor, found.id, as_json=json)
