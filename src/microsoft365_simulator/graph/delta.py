"""Delta queries: a first round over everything, then what changed after a version.

The token carries the whole query, as at Microsoft. Objects that changed come ordered by the
version of their latest change, so one that changes again on the way is not lost.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import msgspec

from microsoft365_simulator import clock
from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Answer, Call, collection
from microsoft365_simulator.graph.errors import GraphError, bad_request, unsupported_query
from microsoft365_simulator.graph.filter import parse
from microsoft365_simulator.graph.paging import page_size
from microsoft365_simulator.graph.view import context, encoded, rows_of, selected
from microsoft365_simulator.sealed import BrokenSeal
from microsoft365_simulator.tenants.collection import Collection, Row
from microsoft365_simulator.tenants.devices import DEVICE
from microsoft365_simulator.tenants.groups import GROUP
from microsoft365_simulator.tenants.links import Links
from microsoft365_simulator.tenants.memberships import Member
from microsoft365_simulator.tenants.principals import (
    ADMINISTRATIVE_UNIT,
    APPLICATION,
    SERVICE_PRINCIPAL,
)
from microsoft365_simulator.tenants.roles import DIRECTORY_ROLE
from microsoft365_simulator.tenants.users import USER

PAGE = 200
# How many members all groups of one page show together; a larger group goes on on the next.
MEMBERS_ON_A_PAGE = 2000
FILTERED_AT_MOST = 50
LIFETIME_HOURS = 7 * 24
TRACKED = frozenset(
    {USER, GROUP, DEVICE, SERVICE_PRINCIPAL, APPLICATION, DIRECTORY_ROLE, ADMINISTRATIVE_UNIT}
)
_WITH_MEMBERS = frozenset({GROUP, DIRECTORY_ROLE, ADMINISTRATIVE_UNIT})
_FIRST_ROUND = -1


class DeltaToken(msgspec.Struct, array_like=True):
    """A place in a chain. `since` is -1 in the first round, else the version it starts from.

    The next object is number `cursor` of the first round; later the one with version `cursor`
    and index `index`, or what follows it. `offset` of its members were shown already.
    """

    names: list[str]
    with_members: bool
    indices: list[int] | None
    since: int
    cursor: int
    index: int
    offset: int
    until: int
    issued_hour: int = 0


class _Place(NamedTuple):
    """An object in a round, with the token's values to start from it again."""

    cursor: int
    sub: int
    at: int


class _Shown(NamedTuple):
    rows: list[Row]
    goes_on: DeltaToken | None


def delta(call: Call, found: Collection) -> Answer:
    """`GET /users/delta` and its like."""
    permissions.demand(call.roles, found.kind.path)
    token = _token(call, found)
    if call.query.get("$deltatoken") == "latest":
        shown = _Shown([], None)
        token.until = call.directory.version
    elif token.since == _FIRST_ROUND:
        shown = _first_round(call, found, token)
    else:
        shown = _changes(call, found, token)
    base = f"{call.base}/{call.path}"
    seal, purpose = call.world.seal, f"delta {found.kind.path}"[:16]
    next_link = delta_link = None
    if shown.goes_on is not None:
        next_link = f"{base}?$skiptoken={seal.close(purpose, shown.goes_on)}"
    else:
        done = msgspec.structs.replace(
            token,
            since=token.until,
            cursor=token.until + 1,
            index=0,
            offset=0,
            issued_hour=_hour(),
        )
        delta_link = f"{base}?$deltatoken={seal.close(purpose, done)}"
    name = context(call, found.kind.path, found.kind, tuple(token.names))
    return Answer(
        collection(name, encoded(shown.rows), next_link=next_link, delta_link=delta_link),
        is_stable=True,
    )


def _hour() -> int:
    return clock.now() // 3600


def _token(call: Call, found: Collection) -> DeltaToken:
    """The place the caller is at: from its token, or the start of a new chain."""
    kind = found.kind
    skip, changed = call.query.get("$skiptoken"), call.query.get("$deltatoken")
    text = skip or (changed if changed != "latest" else None)
    if not text:  # also an empty token, as the Location of a 410 carries it
        return _new_token(call, found)
    fault = call.world.faults.hit("expired_page_token" if skip else "expired_delta", call.facts)
    if fault is not None:
        raise _expired(call, fault.text("form", "gone"))
    try:
        token = call.world.seal.open(f"delta {kind.path}"[:16], text, DeltaToken)
    except BrokenSeal as error:
        raise bad_request("Badly formed token.", "Request_BadRequest") from error
    if changed and _hour() - token.issued_hour > LIFETIME_HOURS:
        raise _expired(call)
    if changed:
        token.until = call.directory.version
    return token


def _expired(call: Call, form: str = "gone") -> GraphError:
    """The forms in which an old token is refused: 410 with a way to start anew, or 40x."""
    text = "The sync state is not found or has expired; start a full synchronization."
    if form == "sync_state_not_found":
        return GraphError(400, "syncStateNotFound", text)
    location = f"{call.base}/{call.path}?$deltatoken="
    return GraphError(410, "resyncRequired", text, {"location": location})


def _new_token(call: Call, found: Collection) -> DeltaToken:
    kind = found.kind
    if "$search" in call.query:
        raise unsupported_query("'$search' is not supported in delta queries.")
    page_size(call)  # a bad $top is refused, a good one has no effect
    words = [w.strip() for w in call.query.get("$select", "").split(",") if w.strip()]
    for word in words:
        if word in kind.absent_on_lists or word == "signInActivity":
            raise GraphError(501, "NotImplemented", f"Changes of '{word}' are not tracked.")
    names = selected(call, kind)
    wants = not words or "members" in words or "members" in call.query.get("$expand", "")
    return DeltaToken(
        names=list(names),
        with_members=kind in _WITH_MEMBERS and wants,
        indices=_filtered(call, found),
        since=_FIRST_ROUND,
        cursor=0,
        index=0,
        offset=0,
        until=call.directory.version,
    )


def _filtered(call: Call, found: Collection) -> list[int] | None:
    """The objects named by `$filter=id eq '…' or id eq '…'`; nothing else is offered."""
    text = call.query.get("$filter")
    if text is None:
        return None
    wanted = parse(text, alternatives=FILTERED_AT_MOST)
    if wanted.fields != {"id"} or wanted.ids is None or found.kind not in (USER, GROUP):
        raise unsupported_query("Only 'id eq' is supported as a filter of delta queries.")
    members = (call.directory.home.ids.find(object_id) for object_id in wanted.ids)
    return list(dict.fromkeys(m[1] for m in members if m and m[0] == found.kind.code))


def _first_round(call: Call, found: Collection, token: DeltaToken) -> _Shown:
    total = found.total if token.indices is None else len(token.indices)
    at = found.index_at if token.indices is None else token.indices.__getitem__
    places = (_Place(position, 0, at(position)) for position in range(token.cursor, total))
    return _page(call, found, token, list(islice(places, PAGE + 1)))


def _changes(call: Call, found: Collection, token: DeltaToken) -> _Shown:
    latest = {
        index: alteration.version
        for index, alteration in found.altered.items()
        if alteration.version >= token.cursor
    }
    if token.with_members:
        for index, version in _links(call, found).containers_since(token.cursor - 1).items():
            latest[index] = max(version, latest.get(index, 0))
    if token.indices is not None:
        latest = {index: latest[index] for index in token.indices if index in latest}
    reached = (token.cursor, token.index)
    order = sorted(pair for pair in ((v, i) for i, v in latest.items()) if pair >= reached)
    places = [_Place(version, index, index) for version, index in order[: PAGE + 1]]
    return _page(call, found, token, places)


def _page(call: Call, found: Collection, token: DeltaToken, places: list[_Place]) -> _Shown:
    """Rows of the first places, until there are enough objects or enough members."""
    rows = _rows(call, found, token, [place.at for place in places[:PAGE]])
    shown: list[Row] = []
    room = MEMBERS_ON_A_PAGE
    for place, row in zip(places, rows, strict=False):
        if room <= 0:
            return _Shown(shown, _at(token, place, 0))
        shown.append(row)
        if not token.with_members or "@removed" in row:
            continue
        is_resumed = place[:2] == (token.cursor, token.index)
        offset = token.offset if is_resumed else 0
        members = _members(call, found, token, place.at)
        piece = members[offset : offset + room]
        if members or token.since == _FIRST_ROUND:
            row["members@delta"] = piece
        room -= len(piece)
        if offset + len(piece) < len(members):
            return _Shown(shown, _at(token, place, offset + len(piece)))
    return _Shown(shown, _at(token, places[PAGE], 0) if len(places) > PAGE else None)


def _at(token: DeltaToken, place: _Place, offset: int) -> DeltaToken:
    return msgspec.structs.replace(token, cursor=place.cursor, index=place.sub, offset=offset)


def _links(call: Call, found: Collection) -> Links:
    return call.directory.links[found.kind.code]


def _members(call: Call, found: Collection, token: DeltaToken, index: int) -> list[Row]:
    directory = call.directory
    if token.since == _FIRST_ROUND:
        return [_member(call, m) for m in _links(call, found).members(index)]
    altered = _links(call, found).altered_since(index, token.since)
    return [
        _member(call, member)
        if present and directory.exists(member)
        else {**_member(call, member), "@removed": {"reason": "deleted"}}
        for member, present in altered
    ]


def _member(call: Call, member: Member) -> Row:
    kind = call.directory.by_code[member[0]].kind
    return {"@odata.type": kind.odata_type, "id": call.directory.id_of(member)}


def _rows(call: Call, found: Collection, token: DeltaToken, indices: list[int]) -> list[Row]:
    """Rows without the properties that were never set; removed objects as such."""
    is_minimal = "return=minimal" in call.headers.get("prefer", "") and token.since >= 0
    names = tuple(dict.fromkeys(("id", *token.names)))
    rows = []
    for index, row in zip(indices, rows_of(call, found.kind, indices, names), strict=True):
        alteration = found.altered.get(index)
        if alteration and alteration.removed:
            rows.append({"id": row["id"], "@removed": {"reason": alteration.removed}})
            continue
        patch = alteration.patch if alteration else {}
        shown = {k: v for k, v in row.items() if v is not None or k in patch}
        touched = found.names_touched(index, token.since) if is_minimal and alteration else None
        if is_minimal and touched is not None:
            shown = {k: v for k, v in shown.items() if k == "id" or k in touched}
        rows.append(shown)
    return rows
