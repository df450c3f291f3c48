"""`pilotage directory users`, `groups` and `devices`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import CustomerText, Json, Limit

Search = Annotated[str, typer.Option(help="Words to look for in names.")]
Show = Annotated[str, typer.Option(help="Only some; a wrong one lists the choices.")]

_USERS = {
    "display_name": "Name",
    "user_principal_name": "Sign-in name",
    "account_enabled": "May sign in",
    "products": "Licences",
    "last_used_at": "Last used",
    "id": "Id",
}
_GROUPS = {"display_name": "Name", "kind": "Kind", "mail": "Mail", "id": "Id"}
_DEVICES = {
    "display_name": "Name",
    "operating_system": "System",
    "operating_system_version": "Version",
    "is_compliant": "Compliant",
    "last_sign_in_at": "Last seen",
    "id": "Id",
}


def users(  # noqa: PLR0917 - options are given by name on the command line
    customer: CustomerText,
    search: Search = "",
    show: Show = "",
    licence: Annotated[str, typer.Option(help="Only who holds the product of this id.")] = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List users by name."""
    _list("users", _USERS, customer, (search, show, licence), limit, as_json=json)


def groups(
    customer: CustomerText,
    search: Search = "",
    show: Show = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List groups by name."""
    _list("groups", _GROUPS, customer, (search, show, ""), limit, as_json=json)


def devices(
    customer: CustomerText,
    search: Search = "",
    show: Show = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List devices by name."""
    _list("devices", _DEVICES, customer, (search, show, ""), limit, as_json=json)


def _list(
    name: str,
    columns: dict[str, str],
    customer: str,
    wanted: tuple[str, str, str],
    limit: int,
    *,
    as_json: bool,
) -> None:
    load_django()
    from pilotage.cli.acting import command_line, get_customer_named
    from pilotage.cli.output import print_json, print_table, say
    from pilotage.directory.as_json import object_as_json
    from pilotage.directory.list_objects import Wanted, list_objects
    from pilotage.directory.lists import KINDS
    from pilotage.directory.products import product_names

    actor = command_line()
    found = get_customer_named(actor, customer)
    page = list_objects(actor, found.id, KINDS[name], Wanted(*wanted), size=limit)
    products = product_names(found.id)
    rows = [object_as_json(row, products) for row in page.rows]
    if as_json:
        print_json({"items": rows, "next": page.next})
        return
    for row in rows:
        row["products"] = [licence["name"] for licence in row.get("licences", [])]
    print_table(columns, rows)
    if page.next:
        say(f"More than {limit}; raise --limit to see them.")
