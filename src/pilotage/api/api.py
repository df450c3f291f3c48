"""The API put together."""

from typing import Any

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from pilotage.api import errors
from pilotage.api.authentication import BearerOrSession
from pilotage.api.routes import (
    account,
    connections,
    customers,
    directory,
    events,
    imports,
    me,
    onboarding,
    partners,
    trials,
)
from pilotage.api.strict_json import StrictParser

api = NinjaAPI(
    title="Pilotage",
    version="1",
    description=(
        "Every refusal has the same shape and a stable code. Lists come in pages: give `next` back "
        "as `cursor`. A POST may carry an Idempotency-Key; a PATCH carries If-Match."
    ),
    docs_url=None,
    urls_namespace="api",
    auth=BearerOrSession(),
    parser=StrictParser(),
)
api.add_router("/customers", customers.router)
api.add_router("/customers", trials.router)
api.add_router("/customers", account.router)
api.add_router("/customers", onboarding.router)
api.add_router("/customers", directory.router)
api.add_router("", imports.router)
api.add_router("", connections.router)
api.add_router("", events.router)
api.add_router("", partners.router)
api.add_router("", me.router)

for kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(kind, errors.answer)


def known_parameters() -> dict[str, dict[str, frozenset[str]]]:
    """The query parameters of every address and method, from the OpenAPI document itself."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    paths: dict[str, Any] = api.get_openapi_schema(path_prefix="")["paths"]
    for path, operations in paths.items():
        found[path] = {
            method.upper(): frozenset(
                p["name"] for p in operation.get("parameters", []) if p["in"] == "query"
            )
            for method, operation in operations.items()
        }
    return found
