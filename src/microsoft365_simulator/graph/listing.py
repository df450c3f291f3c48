"""Listings of a kind: pages of rows, counts, and related objects put in with `$expand`."""

from __future__ import annotations

from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.app_role_assignments import expanded
from microsoft365_simulator.graph.call import Answer, Call, collection, entity
from microsoft365_simulator.graph.errors import bad_request, not_found, unsupported_query
from microsoft365_simulator.graph.paging import DEFAULT_TOP, next_link, page_size, start_of
from microsoft365_simulator.graph.planning import candidates, counted, matching, wanted_filter
from microsoft365_simulator.graph.view import (
    context,
    encoded,
    mixed_rows,
    rows_of,
    selected,
)
from microsoft365_simulator.tenants.collection import Collection, Row
from microsoft365_simulator.tenants.groups import GROUP
from microsoft365_simulator.tenants.home import CAST_SIZE
from microsoft365_simulator.tenants.memberships import Member
from microsoft365_simulator.tenants.principals import SERVICE_PRINCIPAL
from microsoft365_simulator.tenants.roles import DIRECTORY_ROLE
from microsoft365_simulator.tenants.subject import Kind
from microsoft365_simulator.tenants.users import USER

SIGN_IN, SIGN_IN_PAGE = "signInActivity", 500
EXPANDED_AT_MOST = 20
_ASSIGNED = "appRoleAssignedTo"


def list_objects(call: Call, found: Collection) -> Answer:
    """`GET /users` and its like."""
    kind = found.kind
    permissions.demand(call.roles, kind.path)
    names = selected(call, kind)
    if kind is DIRECTORY_ROLE:
        return _unpaged(call, found, names)
    size = _size(call, names)
    wanted = wanted_filter(call, found)
    pool = candidates(call, found, wanted)
    start = start_of(call)
    indices, stop = matching(found, pool, wanted, start, size)
    rows = rows_of(call, kind, indices, names)
    if SIGN_IN in names:
        _leave_out_never(rows)
    if "$expand" in call.query:
        _expand(call, kind, indices, rows)
    count = None
    if call.query.get("$count") == "true" and call.is_eventual and start == 0:
        text = call.query.get("$filter", "") + "\x1f" + call.query.get("$search", "")
        count = counted(found, pool, wanted, (call.directory.version, text))
    link = next_link(call, stop) if stop < pool.total else None
    name = context(call, kind.path, kind, names)
    body = collection(name, encoded(rows), count=count, next_link=link)
    # Consents show in there without a new version of the directory.
    return Answer(body, is_stable=_ASSIGNED not in call.query.get("$expand", ""))


def _size(call: Call, names: tuple[str, ...]) -> int:
    size = page_size(call)
    if SIGN_IN in names:
        return min(size, SIGN_IN_PAGE)
    return min(size, DEFAULT_TOP) if "$expand" in call.query else size


def _leave_out_never(rows: list[Row]) -> None:
    """Who never signed in has no such property, not even null."""
    for row in rows:
        if row[SIGN_IN] is None:
            del row[SIGN_IN]


def _unpaged(call: Call, found: Collection, names: tuple[str, ...]) -> Answer:
    """Directory roles come in one piece and take no `$top`."""
    if "$top" in call.query:
        raise unsupported_query("The query option '$top' is not supported for this resource.")
    wanted = wanted_filter(call, found)
    pool = candidates(call, found, wanted)
    indices, _ = matching(found, pool, wanted, 0, pool.total)
    name = context(call, found.kind.path, found.kind, names)
    return Answer(collection(name, encoded(rows_of(call, found.kind, indices, names))))


def count_objects(call: Call, found: Collection) -> Answer:
    """`GET /users/$count`: plain text, and only as an advanced query."""
    permissions.demand(call.roles, found.kind.path)
    if not call.is_eventual:
        raise bad_request("$count is not currently supported.", "Request_BadRequest")
    wanted = wanted_filter(call, found)
    pool = candidates(call, found, wanted)
    text = call.query.get("$filter", "") + "\x1f" + call.query.get("$search", "")
    total = counted(found, pool, wanted, (call.directory.version, text))
    return Answer(str(total).encode(), headers={"content-type": "text/plain"})


def get_object(call: Call, found: Collection, index: int | None) -> Answer:
    """`GET /users/{id}` and its like; a 404 when there is no such object (any more)."""
    permissions.demand(call.roles, found.kind.path)
    if index is None:
        raise not_found(call.segments[-1])
    names = selected(call, found.kind, is_list=False)
    row = rows_of(call, found.kind, [index], names)[0]
    if "$expand" in call.query:
        _expand(call, found.kind, [index], [row])
    name = context(call, found.kind.path, found.kind, names)
    return Answer(entity(f"{name}/$entity", row))


def _expand(call: Call, kind: Kind, indices: list[int], rows: list[Row]) -> None:
    """Put related objects into the rows: about twenty of them, and no word of the rest."""
    relation = call.query["$expand"].partition("(")[0].strip()
    if call.is_eventual and "$filter" in call.query:
        raise unsupported_query("$expand is not supported with advanced queries.")
    for index, row in zip(indices, rows, strict=True):
        if relation == "members" and kind is GROUP:
            members = call.directory.memberships.members(index)[:EXPANDED_AT_MOST]
            row["members"] = mixed_rows(_without_select(call), members)
        elif relation == _ASSIGNED and kind is SERVICE_PRINCIPAL:
            row[_ASSIGNED] = expanded(_without_select(call), index, EXPANDED_AT_MOST)
        elif relation == "manager" and kind is USER:
            boss = manager_of(call, index)
            row["manager"] = mixed_rows(_without_select(call), [boss])[0] if boss else None
        else:
            text = f"Parsing OData Select and Expand failed: '{relation}' cannot be expanded."
            raise bad_request(text)


def _without_select(call: Call) -> Call:
    inner = call.query["$expand"]
    names = inner.partition("$select=")[2].rstrip(")").split(";")[0]
    query = {"$select": names} if names else {}
    return Call(
        call.world, call.directory, call.method, call.target, call.segments, query, call.headers,
        call.base, call.roles, call.client_id,
    )  # fmt: skip


def manager_of(call: Call, index: int) -> Member | None:
    """Everybody's manager has a smaller number; the cast and a few others have none."""
    boss = CAST_SIZE + (index - CAST_SIZE) // 7
    has_one = index >= CAST_SIZE and boss < index and index % 11 != 0
    return (USER.code, boss) if has_one and call.directory.users.exists(boss) else None
