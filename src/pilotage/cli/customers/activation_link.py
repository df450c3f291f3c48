"""`pilotage customers activation-link`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json


def activation_link(customer: CustomerText, json: Json = False) -> None:
    """Print the activation link; that it was copied stands in the event log."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json, say
    from pilotage.onboarding.actions.copy_activation_link import copy_activation_link

    actor = command_line()
    address = copy_activation_link(actor, get_customer_named(actor, customer).id)
    if json:
        print_json({"activation_link": address})
    else:
        say(address)
