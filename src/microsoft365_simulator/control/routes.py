"""Which path below /_simulator leads where; bad input is answered with 4xx and a sentence."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from microsoft365_simulator import pages
from microsoft365_simulator.control import api, page, truth
from microsoft365_simulator.control.problem import Problem
from microsoft365_simulator.world import World

Endpoint = Callable[[World, Request, dict[str, str]], Awaitable[Response]]
_TENANT = "/api/tenants/(?P<tenant_id>[^/]+)"

_ROUTES: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "", page.show),
    ("POST", "/page", page.act),
    ("GET", "/api/tenants", api.list_tenants),
    ("POST", "/api/tenants", api.add_tenant),
    ("GET", _TENANT, api.show_tenant),
    ("DELETE", _TENANT, api.remove_tenant),
    ("GET", _TENANT + "/truth/(?P<resource>[a-z-]+)", truth.stream),
    ("GET", _TENANT + "/accounts", api.list_accounts),
    ("POST", _TENANT + "/changes", api.play),
    ("GET", _TENANT + "/consents", api.list_consents),
    ("PUT", _TENANT + "/consents/(?P<client_id>[^/]+)", api.grant),
    ("DELETE", _TENANT + "/consents/(?P<client_id>[^/]+)", api.revoke),
    ("GET", "/api/applications", api.list_applications),
    ("POST", "/api/applications", api.put_application),
    ("GET", "/api/faults", api.list_faults),
    ("POST", "/api/faults", api.put_fault),
    ("DELETE", "/api/faults", api.remove_faults),
    ("DELETE", "/api/faults/(?P<fault_id>[^/]+)", api.remove_fault),
    ("GET", "/api/requests", api.list_requests),
    ("DELETE", "/api/requests", api.clear_requests),
    ("POST", "/api/keys/rotate", api.rotate_keys),
    ("POST", "/api/reset", api.reset),
)
_COMPILED = tuple((method, re.compile(pattern), end) for method, pattern, end in _ROUTES)


async def answer(world: World, request: Request) -> Response:
    """Answer a request to the control page, its files or its JSON."""
    path = request.url.path.removeprefix("/_simulator").rstrip("/")
    if path.startswith("/static/"):
        return pages.static(path.removeprefix("/static/"))
    matches = [(method, found, end) for method, pattern, end in _COMPILED
               if (found := pattern.fullmatch(path))]  # fmt: skip
    method = "GET" if request.method == "HEAD" else request.method
    for allowed, found, endpoint in matches:
        if allowed == method:
            return await _tried(endpoint, world, request, found.groupdict())
    if matches:
        allowed_methods = ", ".join(sorted({allowed for allowed, _, _ in matches}))
        headers = {"allow": allowed_methods}
        return JSONResponse({"error": f"Use {allowed_methods} here."}, 405, headers)
    return JSONResponse({"error": f"There is nothing at {request.url.path}."}, 404)


async def _tried(
    endpoint: Endpoint, world: World, request: Request, names: dict[str, str]
) -> Response:
    try:
        return await endpoint(world, request, names)
    except Problem as problem:
        return JSONResponse({"error": problem.text}, problem.status)
    except (msgspec.DecodeError, ValueError) as error:
        return JSONResponse({"error": str(error)}, 400)
