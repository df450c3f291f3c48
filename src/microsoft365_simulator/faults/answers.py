"""Faults of whole answers: refusals, delays, and bodies that arrive broken."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from microsoft365_simulator import clock
from microsoft365_simulator.faults.engine import ActiveFault
from microsoft365_simulator.graph.errors import GraphError, throttled

_HTML = (
    b"<!doctype html><html><head><title>Sign in</title></head><body>Proxy says no.</body></html>"
)
_ABSURD_SECONDS = 86_400 * 3650


async def wait(request: Request, hits: list[ActiveFault]) -> None:
    """Spend the time that `slow` and `hang` take; a client that gives up ends it."""
    for hit in hits:
        if hit.fault.kind == "slow":
            await asyncio.sleep(hit.number("milliseconds", 1000) / 1000)
        elif hit.fault.kind == "hang":
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(_disconnected(request), hit.number("seconds", 3600))


async def _disconnected(request: Request) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(0.1)


def refusal(hits: list[ActiveFault]) -> GraphError | None:
    """The error that stands in for the answer, if one of the faults is such."""
    for hit in hits:
        if hit.fault.kind == "throttle":
            return _throttled(hit)
        if hit.fault.kind == "server_error":
            return _server_error(hit)
        if hit.fault.kind == "graph_error":
            return _graph_error(hit)
    return None


def _throttled(hit: ActiveFault) -> GraphError:
    """429; `scope` is whose limit was hit, as Graph names it (Application/… or other)."""
    error = throttled(retry_after(hit))
    scope = hit.text("scope", "")
    if scope:
        error.headers["x-ms-throttle-scope"] = scope
    return error


def _graph_error(hit: ActiveFault) -> GraphError:
    """Any error of Graph; `headers` come along."""
    status, headers = int(hit.number("status", 400)), hit.fault.options.get("headers")
    named = headers if isinstance(headers, dict) else {}
    text = hit.text("message", "No.")
    return GraphError(
        status,
        hit.text("code", "BadRequest"),
        text,
        {str(name).lower(): str(value) for name, value in named.items()},
    )


def _server_error(hit: ActiveFault) -> GraphError:
    status = int(hit.number("status", 503))
    codes = {500: "InternalServerError", 502: "BadGateway", 503: "ServiceUnavailable"}
    seconds = hit.fault.options.get("retry_after")
    headers = {} if seconds is None else {"retry-after": str(seconds)}
    code = codes.get(status, "UnknownError")
    return GraphError(status, code, "The service is unavailable. Try again later.", headers)


def retry_after(hit: ActiveFault) -> str | None:
    """The header of a `throttle` fault; `form`: seconds, date, absurd, negative, text or none."""
    seconds = hit.number("seconds", 5)
    forms = {
        "seconds": f"{seconds:g}",
        "date": clock.http_date(seconds),
        "absurd": str(_ABSURD_SECONDS),
        "negative": "-5",
        "text": "soon",
        "none": None,
    }
    return forms.get(hit.text("form", "seconds"), f"{seconds:g}")


def spoiled(response: Response, hits: list[ActiveFault]) -> Response:
    """The answer as the faults leave it."""
    for hit in hits:
        response = _spoil(response, hit)
    return response


def _spoil(response: Response, hit: ActiveFault) -> Response:
    kind = hit.fault.kind
    if kind == "html_200":
        status = int(hit.number("status", 200))
        return Response(_HTML, status, headers={"content-type": "text/html; charset=utf-8"})
    if kind == "drop":
        return _Dropped(response, hit.number("fraction", 0.5))
    if kind == "wrong_content_type":
        response.headers["content-type"] = hit.text("content_type", "text/plain")
    if kind == "huge_body":
        return _huge(response, int(hit.number("megabytes", 64)))
    change = _BODIES.get(kind)
    return _with_body(response, change(bytes(response.body), hit)) if change else response


def _cut(body: bytes, hit: ActiveFault) -> bytes:
    return body[: int(len(body) * hit.number("fraction", 0.5))]


def _escaped(body: bytes, hit: ActiveFault) -> bytes:
    page = decoded(body)
    return body if page is None else json.dumps(page).encode()


_BODIES: dict[str, Callable[[bytes, ActiveFault], bytes]] = {
    "truncated_json": _cut,
    "escaped_text": _escaped,
    "other_body": lambda body, hit: hit.text("body", "{}").encode(),
    "bom": lambda body, hit: b"\xef\xbb\xbf" + body,
}


def _with_body(response: Response, body: bytes) -> Response:
    headers = {k: v for k, v in response.headers.items() if k != "content-length"}
    return Response(body, response.status_code, headers=headers)


def _huge(response: Response, megabytes: int) -> StreamingResponse:
    """Well-formed JSON with so many megabytes of padding in front of the rest."""
    rest = bytes(response.body).lstrip()[1:]
    headers = {k: v for k, v in response.headers.items() if k != "content-length"}

    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"padding":"'
        for _ in range(megabytes):
            yield b"x" * 1_000_000
        yield b'",' + rest

    return StreamingResponse(pieces(), response.status_code, headers=headers)


class _Dropped(Response):
    """Promises the whole body, sends part of it and closes the connection."""

    def __init__(self, response: Response, fraction: float) -> None:
        super().__init__(bytes(response.body), response.status_code, headers=dict(response.headers))
        self._sent = max(1, int(len(self.body) * fraction))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = {"type": "http.response.start", "status": self.status_code}
        await send({**head, "headers": self.raw_headers})
        # Returning without the rest makes the server close the connection.
        part = bytes(self.body)[: self._sent]
        await send({"type": "http.response.body", "body": part, "more_body": True})


def decoded(body: bytes) -> dict[str, object] | None:
    """A page's JSON, or None when the body is no JSON object."""
    try:
        value = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return None
    return value if isinstance(value, dict) else None
