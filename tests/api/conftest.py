"""Clients of the API, one for each of the cast."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from pilotage.kernel.actor import Actor, Role
from pilotage.partners.actions.create_api_token import create_api_token
from tests.cast import World


@dataclass(frozen=True)
class Answer:
    """A status, the headers, and what the JSON says."""

    status: int
    headers: dict[str, str]
    body: Any
    raw: bytes

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.body["error"]["code"])


class Api:
    """One actor's way into the API."""

    def __init__(self, token: str) -> None:
        # An exception would be a 500 outside of the tests, so it has to be one here too.
        self._client = Client(raise_request_exception=False)
        self._headers = {"authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request; `body` is bytes as they are, or anything that JSON can say."""
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self._client.generic(
            method,
            f"/api/v1{path}",
            raw,
            content_type=named.pop("content-type", "application/json"),
            headers={**self._headers, **named},
        )
        told = json.loads(response.content) if response.content else None
        return Answer(response.status_code, dict(response.headers), told, response.content)

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.send("GET", path, None, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        """POST."""
        return self.send("POST", path, body, **headers)


def token_for(world: World, partner_admin: Actor, role: Role) -> str:
    """A token of the admin's partner with that role."""
    return create_api_token(partner_admin, name=f"{role.value} script", role=role)[1]


@pytest.fixture
def editor(world: World) -> Api:
    """A script of Harbour Cloud that may act."""
    return Api(token_for(world, world.admin, Role.EDITOR))


@pytest.fixture
def viewer(world: World) -> Api:
    """A script of Harbour Cloud that may read."""
    return Api(token_for(world, world.admin, Role.VIEWER))


@pytest.fixture
def stranger(world: World) -> Api:
    """A script of another partner."""
    return Api(token_for(world, world.stranger, Role.ADMIN))


@pytest.fixture
def nobody(db: None) -> Api:
    """A visitor."""
    return Api("")
