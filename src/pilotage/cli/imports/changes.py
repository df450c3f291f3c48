"""`pilotage imports changes`."""

from typing import Annotated
from uuid import UUID

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json, Limit

_COLUMNS = {
    "change": "Change",
    "collector": "Collector",
    "name": "Name",
    "member_name": "Member",
    "id": "Id",
    "properties": "Properties",
}


def changes(  # noqa: PLR0917 - options are given by name on the command line
    run_id: Annotated[UUID, typer.Argument(help="The run's id; see `imports list`.")],
    since: Annotated[
        UUID | None, typer.Option(help="An earlier run; left out: the one before.")
    ] = None,
    collector: Annotated[str, typer.Option(help="Only this collector's objects.")] = "",
    change: Annotated[str, typer.Option(help="added, changed, removed or restored.")] = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List what a run found to be different, object by object."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, print_table, say
    from pilotage.imports.as_json import between_as_json, change_as_json
    from pilotage.imports.compare import compare, list_changes

    between = compare(command_line(), run_id, since)
    page = list_changes(between, collector=collector, change=change, size=limit)
    found = [change_as_json(one) for one in page.changes]
    if json:
        print_json({**between_as_json(between), "items": found, "next": page.next})
        return
    for name, written in between.fresh.items():
        say(f"{name}: all {written} objects are new")
    print_table(_COLUMNS, [{**one, "properties": list(one["details"])} for one in found])
    if page.next:
        say(f"More than {limit}; raise --limit to see them.")
