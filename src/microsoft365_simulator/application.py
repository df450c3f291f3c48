"""The ASGI application: which part of the simulator a request is for."""

from __future__ import annotations

import time
import uuid

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from microsoft365_simulator.control.routes import answer as control_answer
from microsoft365_simulator.faults import answers
from microsoft365_simulator.faults.engine import ANSWER, Facts
from microsoft365_simulator.graph.errors import bad_request
from microsoft365_simulator.graph.gateway import PREFIX, Gateway
from microsoft365_simulator.identity.routes import answer as identity_answer
from microsoft365_simulator.world import World

CONTROL = "/_simulator"


class Application:
    """One listener's view of the world: the browser's listener has only the pages."""

    def __init__(self, world: World, *, is_browser_listener: bool) -> None:
        self._world = world
        self._gateway = Gateway(world)
        self._is_browser_listener = is_browser_listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path: str = request.scope["path"]
        if path.startswith(PREFIX + "/") and not self._is_browser_listener:
            return await self._gateway.answer(request)
        if path == CONTROL or path.startswith(CONTROL + "/"):
            return await control_answer(self._world, request)
        if path == "/":
            return RedirectResponse(CONTROL, 302)
        if path.startswith("/beta"):
            return _no_such_version()
        return await self._identity(request)

    async def _identity(self, request: Request) -> Response:
        started, query = time.perf_counter(), request.url.query
        target = f"{request.url.path}?{query}" if query else request.url.path
        found = self._world.tenant(request.url.path.split("/")[1])
        facts = Facts(request.method, target, found.tenant_id if found else None)
        hits = self._world.faults.hits(ANSWER, facts)
        await answers.wait(request, hits)
        request_id = str(uuid.uuid4())
        error = answers.refusal(hits)
        if error is not None:
            body = error.body(request_id, request_id)
            response = Response(body, error.status, error.headers, "application/json")
        else:
            is_browser = self._is_browser_listener
            response = await identity_answer(self._world, request, is_browser_listener=is_browser)
        response.headers["x-ms-request-id"] = request_id
        self._world.log.add(
            method=request.method,
            target=target,
            status=response.status_code,
            started=started,
            tenant_id=getattr(request.state, "tenant_id", facts.tenant_id),
            client_id=getattr(request.state, "client_id", None),
            request_id=request_id,
            faults=[hit.fault.kind for hit in hits],
        )
        return answers.spoiled(response, hits)


def _no_such_version() -> Response:
    """Only v1.0 is played; what exists only in beta must not be built upon."""
    request_id = str(uuid.uuid4())
    error = bad_request("Invalid version: beta. The simulator plays v1.0 only.")
    return Response(error.body(request_id, request_id), 400, media_type="application/json")
