"""`python -m bench.sides.ask_nightly CUSTOMER`: queue what a night would, without the night."""

import sys

from pilotage.cli.django_ready import load_django


def main(customer: str) -> None:
    """A run of changes with a night's purpose and choice of lists, due at once."""
    load_django()
    from django.db import transaction

    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.customers.queries import lock_customer
    from pilotage.imports.checks import get_live_connection
    from pilotage.imports.models import RunKind, RunPurpose
    from pilotage.imports.start import create_run

    actor = command_line()
    with transaction.atomic():
        found = lock_customer(actor, get_customer_named(actor, customer).id)
        connection = get_live_connection(found)
        create_run(actor, found, connection, purpose=RunPurpose.NIGHTLY, kind=RunKind.DELTA)


if __name__ == "__main__":
    main(sys.argv[1])
