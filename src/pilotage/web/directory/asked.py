"""What an address of a directory list asks for."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from pilotage.directory.list_objects import MOST_CHARACTERS, Wanted


def wanted_of(query: QueryDict) -> Wanted:
    """Search and choices; whether they exist is found out when they are used."""
    return Wanted(
        search=query.get("search", "").strip()[:MOST_CHARACTERS],
        show=query.get("show", ""),
        licence=query.get("licence", "")[:MOST_CHARACTERS],
    )


def address(wanted: Wanted, **changes: str) -> str:
    """The query string of what is wanted, with `changes`."""
    new = replace(wanted, **changes)
    parts = {"search": new.search, "show": new.show, "licence": new.licence}
    return urlencode({name: value for name, value in parts.items() if value})
