"""`python -m bench.sides.ask_full CUSTOMER`: queue a full import by Pilotage's own action."""

import sys

from pilotage.cli.django_ready import load_django


def main(customer: str) -> None:
    """As the command line would, with the settings of this process."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.imports.actions.request_import import request_import

    actor = command_line()
    request_import(actor, get_customer_named(actor, customer).id, is_full=True)


if __name__ == "__main__":
    main(sys.argv[1])
