"""Page sizes and the opaque tokens of nextLinks."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from microsoft365_simulator.graph.call import Call
from microsoft365_simulator.graph.errors import bad_request, expired_page_token, unsupported_query
from microsoft365_simulator.sealed import BrokenSeal

DEFAULT_TOP = 100
MAX_TOP = 999
_PURPOSE = "page"


class PageToken(msgspec.Struct, array_like=True):
    """Where the next page starts; `view` is a digest of what must not change on the way."""

    view: bytes
    start: int


def page_size(call: Call) -> int:
    """`$top`; raises GraphError 400 outside 1..999."""
    text = call.query.get("$top")
    if text is None:
        return DEFAULT_TOP
    if not text.isdigit():
        raise bad_request(f"Invalid value '{text}' for $top query option found.")
    if not 1 <= int(text) <= MAX_TOP:
        raise unsupported_query("Invalid page size specified: must be between 1 and 999 inclusive.")
    return int(text)


def _view(call: Call) -> bytes:
    parts = [call.directory.tenant_id, call.path]
    parts += [call.query.get(name, "") for name in ("$filter", "$search", "$orderby")]
    return blake2b("\x1f".join(parts).encode(), digest_size=6).digest()


def start_of(call: Call) -> int:
    """Where this page starts: 0, or what the token says; raises GraphError 400."""
    text = call.query.get("$skiptoken")
    if text is None:
        if "$skip" in call.query:
            raise bad_request("'$skip' is not supported by the service.", "Request_BadRequest")
        return 0
    faults = call.world.faults
    if faults.hit("expired_page_token", call.facts) or _is_strict(call):
        raise expired_page_token()
    try:
        token = call.world.seal.open(_PURPOSE, text, PageToken)
    except BrokenSeal as error:
        raise bad_request("Invalid page token.", "Directory_InvalidPageToken") from error
    if token.view != _view(call):
        raise bad_request("The page token belongs to another query.", "Directory_InvalidPageToken")
    return token.start


def _is_strict(call: Call) -> bool:
    """The fault that plays what large tenants do: filtered pages only with advanced queries."""
    is_plain = not call.is_eventual or call.query.get("$count") != "true"
    filtered = "$filter" in call.query and is_plain
    return filtered and call.world.faults.hit("strict_filter_paging", call.facts) is not None


def next_link(call: Call, start: int) -> str:
    return call.next_link(call.world.seal.close(_PURPOSE, PageToken(_view(call), start)))
