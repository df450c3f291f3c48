"""The way of a Graph request: token, limits, faults, resource, compression, headers, log."""

from __future__ import annotations

import time
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from microsoft365_simulator import clock
from microsoft365_simulator.faults import answers, pages
from microsoft365_simulator.faults.engine import ACCESS, ANSWER, TOKEN, Facts
from microsoft365_simulator.graph import batch, resources, throttling
from microsoft365_simulator.graph.bearer import Bearer, Caller
from microsoft365_simulator.graph.call import Call, parsed_path, parsed_query
from microsoft365_simulator.graph.errors import (
    GraphError,
    bad_request,
    denied,
    invalid_token,
    non_premium,
    throttled,
)
from microsoft365_simulator.graph.outcome import Outcome
from microsoft365_simulator.graph.page_cache import Page
from microsoft365_simulator.identity.urls import origin
from microsoft365_simulator.world import World

PREFIX = "/v1.0"
_SMALL = 800  # bytes below which compression is not worth it
_JSON = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
_DIAGNOSTIC = (
    '{"ServerInfo":{"DataCenter":"Simulator","Slice":"E","Ring":"5","ScaleUnit":"001",'
    '"RoleInstance":"SIM00001"}}'
)


@dataclass(slots=True)
class _Asked:
    """One request as it came, alone or in a batch; `target` begins with /v1.0."""

    method: str
    target: str
    headers: Mapping[str, str]
    origin: str
    request_id: str
    body: bytes = b""
    wants_gzip: bool = False
    in_batch: bool = False


# Faults that take time leave the answer as it is.
_SPOILING = ANSWER - {"slow", "hang"}


class Gateway:
    """Answers everything below /v1.0."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._bearer = Bearer(world)

    async def answer(self, request: Request) -> Response:
        """The response to one HTTP request, with every fault that hits it."""
        started = time.perf_counter()
        asked = await self._asked(request)
        client_request_id = request.headers.get("client-request-id", asked.request_id)
        try:
            host = request.url.netloc
            caller = self._bearer.caller(request.headers.get("authorization"), host)
        except GraphError as error:
            outcome = self._refused(error, asked, client_request_id)
            self._log(asked, outcome, started, None)
            return self._response(asked, outcome, client_request_id)
        facts = Facts(asked.method, asked.target, caller.tenant_id, caller.client_id)
        hits = self._world.faults.hits(ANSWER, facts)
        await answers.wait(request, hits)
        outcome = self._perform(asked, caller, client_request_id, answers.refusal(hits))
        outcome.faults += [hit.fault.kind for hit in hits]
        self._log(asked, outcome, started, caller)
        return answers.spoiled(self._response(asked, outcome, client_request_id), hits)

    async def _asked(self, request: Request) -> _Asked:
        query = request.url.query
        target = f"{request.url.path}?{query}" if query else request.url.path
        spoils = any(item.fault.kind in _SPOILING for item in self._world.faults.active)
        return _Asked(
            method=request.method,
            target=target,
            headers=request.headers,
            origin=origin(self._world, request),
            request_id=str(uuid.uuid4()),
            body=await request.body() if request.method == "POST" else b"",
            # Faults that spoil a body work on the text, so it then goes out as text.
            wants_gzip="gzip" in request.headers.get("accept-encoding", "") and not spoils,
        )

    def _perform(
        self,
        asked: _Asked,
        caller: Caller,
        client_request_id: str,
        refusal: GraphError | None = None,
    ) -> Outcome:
        """Do one request, alone or in a batch; every refusal becomes an outcome."""
        early = self._world.throttle.is_early(caller.tenant_id, caller.client_id)
        try:
            if refusal is not None:
                raise refusal
            outcome = self._done(asked, caller, client_request_id)
        except GraphError as error:
            outcome = self._refused(error, asked, client_request_id)
            if error.status == 429:
                self._told(caller, error)
        outcome.is_early |= early
        return outcome

    def _told(self, caller: Caller, error: GraphError) -> None:
        text = error.headers.get("retry-after", "")
        seconds = float(text) if text.isdigit() else clock.seconds_until(text)
        # A client that comes back in the very second it was told must not count as early.
        wait = max(0.0, seconds - 0.2)
        self._world.throttle.told(caller.tenant_id, caller.client_id, wait)

    def _done(self, asked: _Asked, caller: Caller, client_request_id: str) -> Outcome:
        path, _, raw_query = asked.target.partition("?")
        segments, query = parsed_path(path.removeprefix(PREFIX)), parsed_query(raw_query)
        if segments == ["$batch"]:
            return self._batch(asked, caller, client_request_id)
        units = throttling.cost(segments, query)
        headers = self._spend(caller, units)
        self._access(Facts(asked.method, asked.target, caller.tenant_id, caller.client_id))
        outcome = self._page(asked, caller, segments, query, units)
        outcome.headers |= headers
        return outcome

    def _spend(self, caller: Caller, units: int) -> dict[str, str]:
        """Take the units of a request; raises GraphError 429 when there are none left."""
        directory = self._world.directory(caller.tenant_id)
        if not directory.definition.throttling:
            return {}
        limit = throttling.capacity(len(directory.users))
        verdict = self._world.throttle.spend(caller.tenant_id, caller.client_id, units, limit)
        headers = {}
        if verdict.percentage >= 0.8:
            headers["x-ms-throttle-limit-percentage"] = f"{verdict.percentage:.2f}"
        if verdict.retry_after is None:
            return headers
        error = throttled(str(verdict.retry_after))
        scope = f"Tenant_Application/ReadWrite/{caller.client_id}/{caller.tenant_id}"
        error.headers |= headers | {
            "x-ms-throttle-scope": scope,
            "x-ms-throttle-information": "ResourceUnitLimitExceeded",
        }
        raise error

    def _access(self, facts: Facts) -> None:
        """Raise what the faults about access ask for."""
        for hit in self._world.faults.hits(ACCESS, facts):
            if hit.fault.kind == "missing_licence":
                raise non_premium()
            if hit.fault.kind == "permission_missing":
                raise denied()
            raise invalid_token("The access token was revoked; get a new one.")

    def _page(
        self,
        asked: _Asked,
        caller: Caller,
        segments: list[str],
        query: dict[str, str],
        units: int,
    ) -> Outcome:
        """The resource, from the cache where it was made before."""
        world, directory = self._world, self._world.directory(caller.tenant_id)
        has_token_faults = any(item.fault.kind in TOKEN for item in world.faults.active)
        has_page_faults = pages.concerns(world.faults)
        wants_gzip = asked.wants_gzip and not has_page_faults
        key = (caller.tenant_id, directory.version, self._variant(asked, caller, wants_gzip))
        kept = None if has_token_faults else world.pages.get(key)
        if kept is None:
            call = Call(
                world, directory, asked.method, asked.target, segments, query, asked.headers,
                asked.origin + PREFIX, caller.roles, caller.client_id, asked.body,
            )  # fmt: skip
            made = resources.answer(call)
            kind = made.headers.get("content-type", _JSON)
            if not made.is_stable:
                return Outcome(made.status, made.body, {"content-type": kind}, units)
            is_gzip = wants_gzip and len(made.body) > _SMALL
            kept = Page(_gzipped(made.body) if is_gzip else made.body, is_gzip, units)
            world.pages.put(key, kept)
        outcome = Outcome(200, kept.body, {"content-type": _JSON}, units, kept.is_gzip)
        if has_page_faults:
            base = asked.origin + PREFIX
            facts = Facts(asked.method, asked.target, caller.tenant_id, caller.client_id)
            outcome.body, outcome.faults = pages.altered(world.faults, facts, base, kept.body)
        return outcome

    def _variant(self, asked: _Asked, caller: Caller, wants_gzip: bool) -> str:
        """Everything but tenant and version that an answer depends on."""
        level = asked.headers.get("consistencylevel", "")
        prefer = asked.headers.get("prefer", "")
        # Delta links carry the hour they were given out in.
        hour = int(time.time()) // 3600 if "/delta" in asked.target else 0
        roles = hash(caller.roles)
        return f"{asked.origin}{asked.target} {level} {prefer} {hour} {roles} {wants_gzip}"

    def _batch(self, asked: _Asked, caller: Caller, client_request_id: str) -> Outcome:
        if asked.method != "POST" or asked.in_batch:
            raise bad_request("A batch is sent with POST, and holds no batch.")

        def perform(item: batch.Item) -> Outcome:
            url = item.url.removeprefix(asked.origin).removeprefix(PREFIX)
            inner = _Asked(
                method=item.method.upper(),
                target=PREFIX + (url if url.startswith("/") else f"/{url}"),
                headers={name.lower(): value for name, value in item.headers.items()},
                origin=asked.origin,
                request_id=asked.request_id,
                body=b"" if item.body is None else msgspec.json.encode(item.body),
                in_batch=True,
            )
            started = time.perf_counter()
            facts = Facts(inner.method, inner.target, caller.tenant_id, caller.client_id)
            hits = self._world.faults.hits(_IN_BATCH, facts)
            refusal = answers.refusal(hits)
            outcome = self._perform(inner, caller, client_request_id, refusal)
            outcome.faults += [hit.fault.kind for hit in hits]
            outcome.headers["x-ms-resource-unit"] = str(outcome.units)
            self._log(inner, outcome, started, caller)
            return outcome

        body = batch.answered(batch.parsed(asked.body), perform)
        return Outcome(200, body, {"content-type": "application/json"}, 0)

    def _refused(self, error: GraphError, asked: _Asked, client_request_id: str) -> Outcome:
        body = error.body(asked.request_id, client_request_id)
        return Outcome(error.status, body, {"content-type": "application/json", **error.headers})

    def _response(self, asked: _Asked, outcome: Outcome, client_request_id: str) -> Response:
        headers = {
            "cache-control": "no-cache",
            "request-id": asked.request_id,
            "client-request-id": client_request_id,
            "x-ms-ags-diagnostic": _DIAGNOSTIC,
            "x-ms-resource-unit": str(outcome.units),
            "odata-version": "4.0",
            **outcome.headers,
        }
        body = outcome.body
        if asked.wants_gzip and not outcome.is_gzip and len(body) > _SMALL:
            body, outcome.is_gzip = _gzipped(body), True
        if outcome.is_gzip:
            headers["content-encoding"] = "gzip"
            headers["vary"] = "Accept-Encoding"
        return Response(body, outcome.status, headers=headers)

    def _log(self, asked: _Asked, outcome: Outcome, started: float, caller: Caller | None) -> None:
        self._world.log.add(
            method=asked.method,
            target=asked.target,
            status=outcome.status,
            started=started,
            tenant_id=caller.tenant_id if caller else None,
            client_id=caller.client_id if caller else None,
            request_id=asked.request_id,
            units=outcome.units,
            faults=outcome.faults,
            is_early=outcome.is_early,
            in_batch=asked.in_batch,
        )


# Of the faults of whole answers, items of a batch know the refusals.
_IN_BATCH = frozenset({"throttle", "server_error", "graph_error"})


def _gzipped(body: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()
