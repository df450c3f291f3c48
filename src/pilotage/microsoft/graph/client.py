"""Reads one tenant through Microsoft Graph v1.0.

Short waits are slept here, long ones raised as `Throttled`, so that an import run can record what
it waits for and give its worker back. A body that is not complete JSON is never returned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from uuid import UUID, uuid4

from pilotage.kernel import clock
from pilotage.microsoft.graph import classify, links
from pilotage.microsoft.graph.batch import Batch, BatchAnswer, BatchItem
from pilotage.microsoft.graph.budget import cost_of
from pilotage.microsoft.graph.errors import LinkLoop, Trace
from pilotage.microsoft.graph.page import GraphPage
from pilotage.microsoft.graph.throttle import TenantThrottle, throttle_for
from pilotage.microsoft.graph.turns import ATTEMPTS, WAIT_LIMIT_SECONDS, Hooks, Turns, backoff
from pilotage.microsoft.graph.verdict import Failure, Next, judge, judge_failure
from pilotage.microsoft.identity.app_token import AppToken
from pilotage.microsoft.identity.errors import TokenOfAnotherTenant
from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport import TransportFailed, transport_for


class Priority(StrEnum):
    """Whose requests Graph drops first when it has to (`x-ms-throttle-priority`)."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class TokenSource(Protocol):
    """Where tokens come from: `identity.AppTokens`."""

    def get(self, tenant_id: UUID) -> AppToken:
        """A token that lives for some minutes more."""
        ...

    def renew(self, rejected: AppToken) -> AppToken:
        """Another one than `rejected`."""
        ...


@dataclass(frozen=True, slots=True)
class _Ask:
    """One request, as often as it may have to be sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


class GraphClient:
    """One tenant's Graph; many threads may share one."""

    def __init__(
        self,
        settings: MicrosoftSettings,
        tenant_id: UUID,
        tokens: TokenSource,
        *,
        throttle: TenantThrottle | None = None,
        hooks: Hooks | None = None,
        wait_limit: float = WAIT_LIMIT_SECONDS,
    ) -> None:
        self.settings = settings
        self.tenant_id = tenant_id
        shared = throttle_for(settings.graph_url, tenant_id, settings.import_client_id)
        self._turns = Turns(throttle or shared, hooks or Hooks(), wait_limit)
        self._tokens = tokens

    def get(
        self,
        path_or_link: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        priority: Priority = Priority.NORMAL,
    ) -> GraphPage:
        """One page: of a path ("/users", with `params`), or of a link that Graph gave (as it is).

        Headers such as ConsistencyLevel have to be given with each page. A path that ends in
        "/$count" gives a number: `.decode(int)`. Raises the errors of `graph.errors`, those of
        `identity.errors` while a token is fetched, and Cancelled.
        """
        path = links.with_params(path_or_link, params)
        return self._request("GET", path, headers or {}, None, priority)

    def pages(
        self,
        path_or_link: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        priority: Priority = Priority.NORMAL,
    ) -> Iterator[GraphPage]:
        """All pages from here on; raises LinkLoop when one comes back, else as `get` does."""
        page = self.get(path_or_link, params=params, headers=headers, priority=priority)
        seen: set[str] = set()
        yield page
        while page.next_link:
            if page.next_link in seen:
                raise LinkLoop(trace=page.trace)
            seen.add(page.next_link)
            page = self.get(page.next_link, headers=headers, priority=priority)
            yield page

    def post(self, path: str, body: bytes, *, priority: Priority = Priority.NORMAL) -> GraphPage:
        """A query that is too long for an address, such as `/directoryObjects/getByIds`.

        `body` is JSON. It is repeated like a GET, so it must not change anything.
        """
        headers = {"Content-Type": "application/json"}
        return self._request("POST", path, headers, body, priority)

    def batch(
        self, items: Sequence[BatchItem], *, priority: Priority = Priority.NORMAL
    ) -> list[BatchAnswer]:
        """Up to 20 GETs in one request; the answers in the order of `items`.

        An item's failure is in its answer, never raised; throttled and failed items are asked
        for again. Raises what concerns the batch as a whole, and ValueError for a bad one.
        """
        return Batch(
            self.settings.graph_url,
            items,
            self._turns,
            post=lambda body: self.post("/$batch", body, priority=priority),
            renew_token=lambda: self._tokens.renew(self._token()),
        ).run()

    def _request(
        self,
        method: str,
        path_or_link: str,
        headers: Mapping[str, str],
        body: bytes | None,
        priority: Priority,
    ) -> GraphPage:
        url = links.absolute(self.settings.graph_url, path_or_link)
        common = {"Accept": "application/json", "x-ms-throttle-priority": priority.value}
        return self._repeat(_Ask(method, url, {**common, **headers}, body))

    def _repeat(self, ask: _Ask) -> GraphPage:
        token, is_renewed = self._token(), False
        attempt = 1
        while True:
            outcome = self._in_turn(ask, token)
            if isinstance(outcome, GraphPage):
                return outcome
            if outcome.next is Next.RENEW_TOKEN and not is_renewed:
                token, is_renewed = self._tokens.renew(token), True
                continue
            self._prepare_next(outcome, attempt)
            attempt += 1

    def _prepare_next(self, failure: Failure, attempt: int) -> None:
        """Wait as the failure asks for, or raise it when there is no next try."""
        if failure.next is Next.WAIT:
            self._turns.hold_back(failure.wait, attempt, failure.error.trace)
            if attempt >= ATTEMPTS:
                raise self._turns.throttled(failure.error.trace)
        elif failure.next is Next.ASK_AGAIN and attempt < ATTEMPTS:
            self._turns.pause(backoff(attempt))
        else:
            raise failure.error

    def _in_turn(self, ask: _Ask, token: AppToken) -> GraphPage | Failure:
        trace = Trace(page=links.without_secrets(ask.url), client_request_id=str(uuid4()))
        throttle, units = self._turns.throttle, cost_of(ask.url, ask.body)
        while True:
            self._turns.take(trace)
            self._turns.pause(throttle.reserve(units))
            with throttle.slot():
                # Somebody else may have been told to wait while this one waited for a slot.
                if throttle.remaining() <= 0:
                    return self._send(ask, token, trace, units)
            throttle.give_back(units)

    def know_size(self, users: int | None) -> None:
        """How many users the tenant has: what it may be asked at once and in all depends on it."""
        self._turns.throttle.know_size(users, self.settings.parallel)

    def _send(
        self, ask: _Ask, token: AppToken, trace: Trace, reserved: float
    ) -> GraphPage | Failure:
        headers = {
            **ask.headers,
            "Authorization": f"Bearer {token.token}",
            "client-request-id": trace.client_request_id,
            "return-client-request-id": "true",
        }
        try:
            answer = transport_for(self.settings).send(
                ask.method, ask.url, headers=headers, body=ask.body
            )
        except TransportFailed as failed:
            return judge_failure(failed, trace)
        told = classify.trace_of(answer, trace.page, trace.client_request_id)
        outcome = judge(answer, told, clock.now())
        if isinstance(outcome, GraphPage):
            self._turns.throttle.spent(outcome.resource_units, outcome.throttle_share, reserved)
            return replace(
                outcome,
                next_link=links.resolved(ask.url, outcome.next_link),
                delta_link=links.resolved(ask.url, outcome.delta_link),
            )
        return outcome

    def _token(self) -> AppToken:
        token = self._tokens.get(self.tenant_id)
        if token.tenant_id != self.tenant_id:
            raise TokenOfAnotherTenant
        return token
