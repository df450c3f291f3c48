"""Several GETs in one request (https://learn.microsoft.com/graph/json-batching).

A batch that succeeds says nothing about its items: each has its own status, is counted against
the limits alone and may be throttled alone.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import msgspec

from pilotage.kernel import clock
from pilotage.microsoft.graph import classify, errors, links
from pilotage.microsoft.graph.errors import GraphError, Trace
from pilotage.microsoft.graph.page import GraphPage
from pilotage.microsoft.graph.turns import ATTEMPTS, Turns, backoff
from pilotage.microsoft.graph.verdict import Failure, Next, judge
from pilotage.microsoft.transport import Answer

MAX_ITEMS = 20


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One GET: a path with its query, or a link that Graph gave; `id` is unique in its batch."""

    id: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """An item's page or its error; exactly one of the two is there."""

    id: str
    page: GraphPage | None = None
    error: GraphError | None = None


class _ItemAnswer(msgspec.Struct):
    id: str
    status: int
    headers: dict[str, str] = {}
    body: msgspec.Raw = msgspec.Raw(b"null")


class _BatchBody(msgspec.Struct):
    responses: list[_ItemAnswer]


class Batch:
    """One batch on its way; `run` repeats what is worth repeating."""

    def __init__(
        self,
        graph_url: str,
        items: Sequence[BatchItem],
        turns: Turns,
        *,
        post: Callable[[bytes], GraphPage],
        renew_token: Callable[[], object],
    ) -> None:
        if not 0 < len(items) <= MAX_ITEMS or len({item.id for item in items}) != len(items):
            raise ValueError("A batch has 1 to 20 items with different ids.")
        self._order = [item.id for item in items]
        self._urls = {item.id: links.absolute(graph_url, item.path) for item in items}
        self._headers = {item.id: dict(item.headers) for item in items}
        self._version_root = len(graph_url) + len("/v1.0")
        self._turns = turns
        self._post = post
        self._renew_token = renew_token
        self._done: dict[str, BatchAnswer] = {}
        self._failed: dict[str, Failure] = {}

    def run(self) -> list[BatchAnswer]:
        """The answers in the order of the items; see `GraphClient.batch`."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._ask(attempt)
            except errors.Throttled as error:
                # What has been answered must not be lost with what has not.
                if not self._done:
                    raise
                self._settle(error)
            if len(self._done) == len(self._order):
                break
        self._settle(None)
        return [self._done[name] for name in self._order]

    def _ask(self, attempt: int) -> None:
        if attempt > 1:
            self._wait(attempt)
        waiting = [name for name in self._order if name not in self._done]
        page = self._post(self._body(waiting))
        self._failed = dict.fromkeys(waiting, self._unanswered(page))
        for answer in _answers(page):
            if answer.id in self._failed:
                self._sort(answer)
        self._hold_back(attempt)

    def _body(self, waiting: list[str]) -> bytes:
        requests = [
            {
                "id": name,
                "method": "GET",
                "url": self._urls[name][self._version_root :],
                "headers": self._headers[name],
            }
            for name in waiting
        ]
        return msgspec.json.encode({"requests": requests})

    def _sort(self, given: _ItemAnswer) -> None:
        """Put one item's answer where it belongs: done, or to be asked for again."""
        headers = {name.lower(): value for name, value in given.headers.items()}
        answer = Answer(given.status, headers, _content(bytes(given.body)))
        page = links.without_secrets(self._urls[given.id])
        outcome = judge(answer, classify.trace_of(answer, page, str(uuid4())), clock.now())
        if isinstance(outcome, GraphPage):
            self._turns.throttle.spent(outcome.resource_units, outcome.throttle_share, reserved=1.0)
            self._done[given.id] = BatchAnswer(given.id, page=outcome)
        elif outcome.next is Next.GIVE_UP:
            self._done[given.id] = BatchAnswer(given.id, error=outcome.error)
        else:
            self._failed[given.id] = outcome

    def _wait(self, attempt: int) -> None:
        """What the failed items ask for: the longest wait, another token, or a short pause."""
        failed = [self._failed[name] for name in self._order if name not in self._done]
        if any(failure.next is Next.RENEW_TOKEN for failure in failed):
            self._renew_token()
        cause = next((f.error.trace for f in failed if f.next is Next.WAIT), None)
        if cause is not None:
            self._turns.take(cause)
        else:
            self._turns.pause(backoff(attempt))

    def _hold_back(self, attempt: int) -> None:
        """At once, and after the last attempt as well: the tenant's other readers are meant too."""
        failed = [self._failed[name] for name in self._order if name not in self._done]
        for is_of_all in (False, True):
            told = [
                failure
                for failure in failed
                if failure.next is Next.WAIT and failure.error.trace.is_of_application is is_of_all
            ]
            if told:
                longest = max(told, key=lambda failure: failure.wait or 0.0)
                self._turns.hold_back(longest.wait, attempt, longest.error.trace)

    def _settle(self, throttled: errors.Throttled | None) -> None:
        """Give up on what is left, each with its own reason."""
        for name in self._order:
            if name not in self._done:
                failure = self._failed[name]
                error = throttled or failure.error
                if throttled is None and failure.next is Next.WAIT:
                    error = self._turns.throttled(failure.error.trace)
                self._done[name] = BatchAnswer(name, error=error)

    def _unanswered(self, page: GraphPage) -> Failure:
        trace = Trace(page="/v1.0/$batch", request_id=page.request_id, message="no answer to it")
        return Failure(errors.AnswerUnreadable(trace=trace), Next.ASK_AGAIN)


def _answers(page: GraphPage) -> list[_ItemAnswer]:
    try:
        return page.decode(_BatchBody).responses
    except (msgspec.DecodeError, UnicodeDecodeError):
        # Every item counts as unanswered then and is asked for again.
        return []


def _content(body: bytes) -> bytes:
    """An item's body as it would have come alone: JSON, or text that a batch wraps in base64."""
    if not body.startswith(b'"'):
        return body
    text: str = msgspec.json.decode(body)
    if text.isdigit():
        return text.encode()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return text.encode()
