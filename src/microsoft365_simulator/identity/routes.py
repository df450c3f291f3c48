"""Which path of the identity platform leads where, and how its errors are answered."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from microsoft365_simulator.identity import discovery
from microsoft365_simulator.identity.authorize import authorize
from microsoft365_simulator.identity.consent import admin_consent, admin_consent_v1
from microsoft365_simulator.identity.errors import SignInError
from microsoft365_simulator.identity.session import forget
from microsoft365_simulator.identity.token_endpoint import NO_STORE, token
from microsoft365_simulator.pages import page
from microsoft365_simulator.world import World

Endpoint = Callable[[World, Request, str], Awaitable[Response]]


class Route(NamedTuple):
    """An endpoint after the tenant segment; pages are what a browser visits."""

    path: str
    endpoint: Endpoint
    methods: frozenset[str]
    is_page: bool = False


async def logout(world: World, request: Request, tenant: str) -> Response:
    """Ends the browser's sign-in and goes back to the application, if it says where."""
    uri = request.query_params.get("post_logout_redirect_uri")
    known = {uri for item in world.applications() for uri in item.redirect_uris}
    response: Response = page("signed_out.html")
    if uri and any(uri.startswith(item.rsplit("/", 1)[0]) for item in known):
        response = RedirectResponse(uri, 302)
    forget(request, response)
    return response


GET, POST, BOTH = frozenset({"GET", "HEAD"}), frozenset({"POST"}), frozenset({"GET", "POST"})
ROUTES = (
    Route("v2.0/.well-known/openid-configuration", discovery.configuration, GET),
    Route("discovery/v2.0/keys", discovery.keys, GET),
    Route("discovery/instance", discovery.instances, GET),
    Route("oauth2/v2.0/token", token, BOTH),
    Route("oauth2/v2.0/authorize", authorize, BOTH, is_page=True),
    Route("oauth2/v2.0/logout", logout, GET, is_page=True),
    Route("v2.0/adminconsent", admin_consent, BOTH, is_page=True),
    Route("adminconsent", admin_consent_v1, BOTH, is_page=True),
)
_BY_PATH = {route.path: route for route in ROUTES}
_SPLIT = re.compile(r"^/([^/]+)/(.+)$")


async def answer(world: World, request: Request, *, is_browser_listener: bool) -> Response:
    """Answer a request to the identity platform."""
    found = _SPLIT.match(request.url.path)
    route = _BY_PATH.get(found.group(2)) if found else None
    if found is None or route is None or (is_browser_listener and not route.is_page):
        return PlainTextResponse("Not found", 404)
    if request.method not in route.methods:
        return PlainTextResponse("Method not allowed", 405)
    try:
        return await route.endpoint(world, request, found.group(1).lower())
    except SignInError as error:
        return _refused(world, request, error, is_page=route.is_page)


def _refused(world: World, request: Request, error: SignInError, *, is_page: bool) -> Response:
    """A page for people, or the JSON of the token endpoint."""
    correlation_id = request.headers.get("client-request-id")
    if is_page:
        trace_id, correlation = str(uuid.uuid4()), correlation_id or str(uuid.uuid4())
        registration = world.application(request.query_params.get("client_id", ""))
        return page(
            "error.html",
            status=400,
            error=error,
            description=error.description(trace_id, correlation),
            application=registration,
        )
    headers = {**NO_STORE, "retry-after": "5"} if error.status == 503 else NO_STORE
    return JSONResponse(error.body(correlation_id), error.status, headers=headers)
