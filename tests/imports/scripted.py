"""A Graph that says what a test wants, plainly: lists and nothing else; tokens are real."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pytest_django import Settings

from tests.imports.stage import Stage
from tests.microsoft.listener import Reply, listening

Lists = dict[str, list[Any] | bytes]


@contextmanager
def scripted_graph(
    stage: Stage, settings: Settings, folder: Path, lists: Lists
) -> Iterator[list[str]]:
    """Serve `lists` by path ("/users"); gives the paths asked for. Bytes are sent as they are.

    It knows no $batch, no delta, no $count, no paging and no $select.
    """
    asked: list[str] = []

    def reply(target: str) -> Reply:
        path = urlsplit(target).path.removeprefix("/v1.0")
        asked.append(path)
        found = lists.get(path)
        if found is None:
            error = {"error": {"code": "BadRequest", "message": "Resource not found."}}
            return 400, {}, json.dumps(error).encode()
        body = found if isinstance(found, bytes) else json.dumps({"value": found}).encode()
        return 200, {"Content-Type": "application/json"}, body

    with listening(folder, reply, is_authority=True) as listener:
        bundle = folder / "bundle.pem"
        microsoft = settings.MICROSOFT
        bundle.write_text(Path(microsoft.ca_file).read_text() + Path(listener.ca_file).read_text())
        settings.MICROSOFT = replace(microsoft, graph_url=listener.url, ca_file=str(bundle))
        try:
            yield asked
        finally:
            settings.MICROSOFT = microsoft


def smallest(tenant_id: object) -> Lists:
    """The least that makes a tenant."""
    return {
        "/organization": [{"id": str(tenant_id), "displayName": "Tiny"}],
        "/domains": [{"id": "tiny.example", "isDefault": True}],
        "/subscribedSkus": [],
        "/users": [{"id": "u1", "displayName": "Una"}],
        "/groups": [],
        "/directoryRoles": [],
        "/devices": [],
        "/servicePrincipals": [],
        "/directory/administrativeUnits": [],
    }
