"""One request to Microsoft Graph, and its answer, freed of HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

import msgspec

from microsoft365_simulator.faults.engine import Facts
from microsoft365_simulator.graph.errors import bad_request
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.world import World

_OPTION_NAMES = (
    "select",
    "filter",
    "top",
    "skip",
    "skiptoken",
    "count",
    "orderby",
    "search",
    "expand",
    "format",
    "deltatoken",
)
# Not passed on to the next page; `$emptied` is how the fault `empty_page` marks its link.
_OF_ONE_PAGE = ("$skiptoken", "$emptied")
_OPTIONS = {name: f"${name}" for name in _OPTION_NAMES}


@dataclass(slots=True)
class Call:
    """A request that got past authentication. `base` ends in /v1.0, `headers` are lower-case."""

    world: World
    directory: Directory
    method: str
    target: str
    segments: list[str]
    query: dict[str, str]
    headers: Mapping[str, str]
    base: str
    roles: frozenset[str]
    client_id: str
    body: bytes = b""

    @property
    def is_eventual(self) -> bool:
        """The caller accepts the separate index that advanced queries read."""
        return self.headers.get("consistencylevel", "").lower() == "eventual"

    @property
    def facts(self) -> Facts:
        return Facts(self.method, self.target, self.directory.tenant_id, self.client_id)

    @property
    def path(self) -> str:
        return "/".join(self.segments)

    def next_link(self, token: str, *, keep_query: bool = True) -> str:
        """The same request one page on; delta tokens carry the query themselves."""
        raw = self.target.partition("?")[2] if keep_query else ""
        kept = [
            pair
            for pair in raw.split("&")
            if pair and option_name(unquote(pair.partition("=")[0])) not in _OF_ONE_PAGE
        ]
        return f"{self.base}/{self.path}?{'&'.join([*kept, f'$skiptoken={token}'])}"


@dataclass(slots=True)
class Answer:
    """What goes back; `is_stable`: it is the same until the directory changes."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    is_stable: bool = False


def option_name(name: str) -> str:
    """`$Top`, `top` and `%24top` all are `$top`; other names stay as they are."""
    return _OPTIONS.get(name.lower().removeprefix("$"), name)


def parsed_query(raw: str) -> dict[str, str]:
    """The query options; raises GraphError when one is given twice."""
    found: dict[str, str] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        option = option_name(name)
        if option in found:
            raise bad_request(f"Query option '{option}' was specified more than once.")
        found[option] = value
    return found


def parsed_path(path: str) -> list[str]:
    """The segments after /v1.0, with the forms SDKs use made alike."""
    segments = [unquote(segment) for segment in path.split("/") if segment]
    return [segment.removesuffix("()").removeprefix("graph.") for segment in segments]


def collection(
    context: str,
    rows: list[bytes] | bytes,
    *,
    count: int | None = None,
    next_link: str | None = None,
    delta_link: str | None = None,
) -> bytes:
    """The JSON of a page; `rows` is the encoded array or its encoded elements."""
    parts = [b'{"@odata.context":' + msgspec.json.encode(context)]
    if count is not None:
        parts.append(b'"@odata.count":' + str(count).encode())
    for name, link in (("nextLink", next_link), ("deltaLink", delta_link)):
        if link is not None:
            parts.append(b'"@odata.' + name.encode() + b'":' + msgspec.json.encode(link))
    value = rows if isinstance(rows, bytes) else b"[" + b",".join(rows) + b"]"
    parts.append(b'"value":' + value)
    return b",".join(parts) + b"}"


def entity(context: str, row: dict[str, object]) -> bytes:
    """The JSON of one object."""
    return msgspec.json.encode({"@odata.context": context, **row})
