"""`pilotage directory insights`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json

_NOT_TOLD = "not known: Microsoft tells it of tenants with Entra ID P1 or P2 alone"


def insights(customer: CustomerText, json: Json = False) -> None:
    """Show licence waste and unused accounts; products that cost nothing are left out."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_facts, print_json
    from pilotage.directory.as_json import insights_as_json
    from pilotage.directory.licences import insights as find

    actor = command_line()
    found = insights_as_json(find(actor, get_customer_named(actor, customer).id))
    if json:
        print_json(found)
        return
    unused = found["unused_accounts"]
    print_facts([
        ("Licences bought", found["bought"]),
        ("Assigned", found["assigned"]),
        ("Bought, not assigned", found["unassigned"]),
        ("On blocked accounts", found["on_disabled"]),
        ("Blocked accounts with a licence", found["disabled_accounts"]),
        *(
            [(f"Accounts unused for {days} days", count) for days, count in unused.items()]
            if unused is not None
            else [("Unused accounts", _NOT_TOLD)]
        ),
    ])  # fmt: skip
