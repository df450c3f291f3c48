"""What schemathesis makes of the OpenAPI document: thousands of odd requests, no 500."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pilotage.api.api import api
from pilotage.kernel.actor import Role
from tests.api.conftest import token_for
from tests.cast import World

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


class SignedIn:
    """The application, which finds a token on every request: the odd ones shall get inside."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.token = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """One request."""
        return self.handler(
            {**environ, "HTTP_AUTHORIZATION": f"Bearer {self.token}"}, start_response
        )


application = SignedIn()
schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
schema.app = application


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The requests stay inside the test's transaction, as those of Django's test client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def signed_in(world: World) -> None:
    """A token that may do everything of its partner, which has a customer."""
    world.add_customer()
    application.token = token_for(world, world.admin, Role.ADMIN)


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_to_its_document(case: Case) -> None:
    answer = case.call_and_validate(checks=CHECKS)
    assert answer.status_code != 401
