"""Members of groups and roles, and what something is a member of."""

from __future__ import annotations

from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Answer, Call, collection
from microsoft365_simulator.graph.errors import (
    bad_request,
    no_such_segment,
    not_found,
    unsupported_query,
)
from microsoft365_simulator.graph.listing import manager_of
from microsoft365_simulator.graph.paging import next_link, page_size, start_of
from microsoft365_simulator.graph.view import encoded, mixed_rows
from microsoft365_simulator.tenants.groups import GROUP
from microsoft365_simulator.tenants.memberships import Member
from microsoft365_simulator.tenants.roles import DIRECTORY_ROLE


def group_members(call: Call, group: int, rest: list[str]) -> Answer:
    """`GET /groups/{id}/members`, with a cast or `/$count` behind it."""
    permissions.demand(call.roles, "groups")
    return _related(call, call.directory.memberships.members(group), rest)


def transitive_members(call: Call, group: int, rest: list[str]) -> Answer:
    """`GET /groups/{id}/transitiveMembers`: members of member groups too."""
    permissions.demand(call.roles, "groups")
    found: dict[Member, None] = {}
    waiting = [group]
    while waiting:
        for member in call.directory.memberships.members(waiting.pop()):
            if member not in found and member[0] == GROUP.code:
                waiting.append(member[1])
            found[member] = None
    return _related(call, list(found), rest)


def role_members(call: Call, role: int, rest: list[str]) -> Answer:
    """`GET /directoryRoles/{id}/members`: all at once, without `$top`."""
    permissions.demand(call.roles, "directoryRoles")
    if "$top" in call.query:
        raise unsupported_query("The query option '$top' is not supported for this resource.")
    members = _cast(call, call.directory.role_links.members(role), rest)
    rows = mixed_rows(call, members)
    return Answer(collection(_context(call), encoded(rows)))


def unit_members(call: Call, unit: int, rest: list[str]) -> Answer:
    """`GET /directory/administrativeUnits/{id}/members`, with a cast or `/$count` behind it."""
    permissions.demand(call.roles, "administrativeUnits")
    return _related(call, call.directory.unit_links.members(unit), rest)


def member_of(call: Call, member: Member, rest: list[str], *, transitive: bool) -> Answer:
    """`GET /users/{id}/memberOf` and `/transitiveMemberOf`, with a cast behind it."""
    permissions.demand(call.roles, "memberOf")
    directory = call.directory
    found: list[Member] = []
    wanted = rest[0] if rest else ""
    if wanted != GROUP.type_name:
        roles = directory.roles_of(member, transitive=transitive)
        found += [(DIRECTORY_ROLE.code, role) for role in roles]
    # Working out groups costs more than roles, so it is not done for the roles alone.
    if wanted != DIRECTORY_ROLE.type_name:
        groups = directory.all_groups_of(member) if transitive else directory.groups_of(member)
        found += [(GROUP.code, group) for group in groups]
    return _related(call, found, rest)


def manager(call: Call, user: int, rest: list[str]) -> Answer:
    """`GET /users/{id}/manager`."""
    permissions.demand(call.roles, "users")
    boss = manager_of(call, user)
    if boss is None:
        raise not_found("manager")
    row = mixed_rows(call, [boss])[0]
    context = f"{call.base}/$metadata#directoryObjects/$entity"
    return Answer(encoded([{"@odata.context": context, **row}])[1:-1])


def _related(call: Call, members: list[Member], rest: list[str]) -> Answer:
    """One page of related objects, or their number."""
    if rest and rest[-1] == "$count":
        if not call.is_eventual:
            raise bad_request("$count is not currently supported.", "Request_BadRequest")
        total = len(_cast(call, members, rest[:-1]))
        return Answer(str(total).encode(), headers={"content-type": "text/plain"})
    chosen = _cast(call, members, rest)
    if "$filter" in call.query or "$search" in call.query or "$orderby" in call.query:
        raise unsupported_query()
    size, start = page_size(call), start_of(call)
    stop = start + size
    rows = mixed_rows(call, chosen[start:stop], with_type=not rest)
    link = next_link(call, stop) if stop < len(chosen) else None
    is_counted = call.query.get("$count") == "true" and call.is_eventual and start == 0
    count = len(chosen) if is_counted else None
    body = collection(_context(call), encoded(rows), count=count, next_link=link)
    return Answer(body, is_stable=True)


def _cast(call: Call, members: list[Member], rest: list[str]) -> list[Member]:
    """Only the members of the kind that an OData cast names."""
    if not rest:
        return members
    kinds = {item.kind.type_name: item.kind.code for item in call.directory.by_code.values()}
    if len(rest) > 1 or rest[0] not in kinds:
        raise no_such_segment(rest[-1])
    return [member for member in members if member[0] == kinds[rest[0]]]


def _context(call: Call) -> str:
    chosen = f"({call.query['$select']})" if "$select" in call.query else ""
    return f"{call.base}/$metadata#directoryObjects{chosen}"
