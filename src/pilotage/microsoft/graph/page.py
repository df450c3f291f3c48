"""One page of a Graph collection, or one object, as raw JSON that a collector decodes itself."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from pilotage.microsoft.graph.errors import Trace
from pilotage.microsoft.graph.whole_characters import with_whole_characters
from pilotage.microsoft.transport import Answer

T = TypeVar("T")
# No request costs more by far; the share of a limit that is used is about 1 at most.
_MOST_UNITS = 1_000.0
_BOM = b"\xef\xbb\xbf"


class _Envelope(msgspec.Struct):
    """What all answers of collections have in common; `value` stays undecoded."""

    value: list[msgspec.Raw] = []
    next_link: str | None = msgspec.field(name="@odata.nextLink", default=None)
    delta_link: str | None = msgspec.field(name="@odata.deltaLink", default=None)
    # A number, or a text where a server writes IEEE 754 numbers; nothing depends on it.
    count: Any = msgspec.field(name="@odata.count", default=None)
    # Not `Raw | None`: of the two msgspec always takes the other for an object.
    error: msgspec.Raw = msgspec.Raw()


_envelope = msgspec.json.Decoder(_Envelope)


class Damaged(Exception):
    """The body is no complete JSON object of the expected shape."""


@dataclass(frozen=True, slots=True)
class GraphPage:
    """A complete answer. `value` are the undecoded objects of a collection, `body` is all of it.

    `next_link` and `delta_link` are as Graph gave them, "" when absent; `GraphClient.get` checks
    them when they are followed. `count` is `@odata.count`, `resource_units` what it cost.
    """

    body: bytes = field(repr=False)
    value: list[msgspec.Raw] = field(repr=False)
    next_link: str
    delta_link: str
    count: int | None
    resource_units: float | None
    throttle_share: float | None
    trace: Trace

    @property
    def request_id(self) -> str:
        """Microsoft's id of the request."""
        return self.trace.request_id

    @property
    def date(self) -> str:
        """When Microsoft answered, by its own clock, as it wrote it."""
        return self.trace.date

    def decode(self, kind: type[T]) -> T:
        """The whole answer as `kind`; raises msgspec.ValidationError."""
        return msgspec.json.decode(self.body, type=kind)

    def items(self, kind: type[T]) -> list[T]:
        """The objects of a collection as `kind`; raises msgspec.ValidationError."""
        return [msgspec.json.decode(item, type=kind) for item in self.value]


def page_of(answer: Answer, trace: Trace) -> GraphPage:
    """The page in a success; raises Damaged for anything but one complete JSON object.

    The content type is not looked at: what matters is whether the body can be read.
    """
    body = answer.body.removeprefix(_BOM)
    try:
        envelope = _opened(body)
    except Damaged:
        repaired = with_whole_characters(body)
        if repaired is body:
            raise
        body, envelope = repaired, _opened(repaired)
    links = (envelope.next_link or "") + (envelope.delta_link or "")
    # A link with control characters leads nowhere, and could not even be kept.
    if bytes(envelope.error) not in (b"", b"null") or not links.isprintable():
        raise Damaged
    return GraphPage(
        body=body,
        value=envelope.value,
        next_link=envelope.next_link or "",
        delta_link=envelope.delta_link or "",
        count=_count(envelope.count),
        resource_units=_number(answer.header("x-ms-resource-unit")),
        throttle_share=_number(answer.header("x-ms-throttle-limit-percentage")),
        trace=trace,
    )


def plain_page(answer: Answer, trace: Trace) -> GraphPage:
    """The answer of `…/$count`: a bare number, which `decode(int)` gives; raises Damaged."""
    body = answer.body.removeprefix(_BOM).strip()
    if not body.isdigit():
        raise Damaged
    return GraphPage(
        body=body, value=[], next_link="", delta_link="", count=int(body),
        resource_units=_number(answer.header("x-ms-resource-unit")),
        throttle_share=None, trace=trace,
    )  # fmt: skip


def _opened(body: bytes) -> _Envelope:
    try:
        return _envelope.decode(body)
    except (msgspec.ValidationError, UnicodeDecodeError):
        # An object may have a property of its own that is called "value" or "error".
        return _single(body)
    except (msgspec.DecodeError, RecursionError) as error:
        # An answer that is nested thousands of times over is damaged as well.
        raise Damaged from error


def _single(body: bytes) -> _Envelope:
    try:
        decoded: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged from error
    if not isinstance(decoded, dict) or isinstance(decoded.get("value"), list):
        raise Damaged
    return _Envelope()


def _count(found: Any) -> int | None:
    """A whole number that may be one, else None."""
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        count = int(float(found))
    except (ValueError, OverflowError):
        return None
    return count if 0 <= count < 2**31 else None


def _number(text: str) -> float | None:
    """A number that a header may sensibly hold; another one would hold readers back for ever."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0.0 <= found <= _MOST_UNITS else None
