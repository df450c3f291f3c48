"""`pilotage directory show`."""

from enum import StrEnum
from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText


class What(StrEnum):
    """Kinds of objects."""

    USERS = "users"
    GROUPS = "groups"
    DEVICES = "devices"


def show(
    customer: CustomerText,
    what: Annotated[What, typer.Argument(help="Which kind of object it is.")],
    object_id: Annotated[str, typer.Argument(help="Its id; see the lists.")],
) -> None:
    """Show one object with its groups, roles and members, as JSON."""
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json
    from pilotage.directory.as_json import details_as_json
    from pilotage.directory.details import get_details
    from pilotage.directory.lists import KINDS
    from pilotage.directory.products import product_names

    actor = command_line()
    found = get_customer_named(actor, customer)
    details = get_details(actor, found.id, KINDS[what.value], object_id)
    print_json(details_as_json(details, product_names(found.id)))
