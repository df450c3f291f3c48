"""`pilotage catalogue load`."""

from pathlib import Path
from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def load(
    file: Annotated[Path, typer.Argument(help="JSON; see docs/use/cli.md.", exists=True)],
    json: Json = False,
) -> None:
    """Load SKUs and add-ons from a file; what is not in it stays as it is."""
    load_django()
    from pilotage.catalog.actions.load_catalogue import load_catalogue
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say

    loaded = load_catalogue(command_line(), text=file.read_bytes())
    if json:
        print_json({"skus": len(loaded.skus), "add_ons": len(loaded.add_ons)})
    else:
        say(f"{len(loaded.skus)} SKUs and {len(loaded.add_ons)} add-ons loaded.")
