"""`pilotage imports error-codes`."""

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json

_COLUMNS = {
    "code": "Code",
    "severity": "Severity",
    "acts": "Who acts",
    "text": "What happened",
    "consequence": "What becomes of it",
    "remedy": "What to do",
}


def error_codes(json: Json = False) -> None:
    """List every code that an import's error can have, with who acts and what to do."""
    load_django()
    from pilotage.cli.output import print_json, print_table
    from pilotage.imports.error_catalogue import catalogue_as_json

    found = catalogue_as_json()
    if json:
        print_json(found)
    else:
        print_table(_COLUMNS, found)
