"""Which path leads to which resource."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from microsoft365_simulator.graph import relations
from microsoft365_simulator.graph.app_role_assignments import (
    assigned_to,
    assignments_of,
    assignments_of_principal,
)
from microsoft365_simulator.graph.by_ids import get_by_ids
from microsoft365_simulator.graph.call import Answer, Call
from microsoft365_simulator.graph.delta import TRACKED, delta
from microsoft365_simulator.graph.errors import GraphError, no_such_segment, not_found
from microsoft365_simulator.graph.listing import count_objects, get_object, list_objects
from microsoft365_simulator.graph.tenant_resources import NAMES, tenant_resource
from microsoft365_simulator.tenants.collection import Collection
from microsoft365_simulator.tenants.groups import GROUP
from microsoft365_simulator.tenants.principals import ADMINISTRATIVE_UNIT, SERVICE_PRINCIPAL
from microsoft365_simulator.tenants.roles import DIRECTORY_ROLE
from microsoft365_simulator.tenants.users import USER

_ROLE_KEY = re.compile(r"directoryRoles\(roleTemplateId='([0-9a-f-]{36})'\)", re.IGNORECASE)
_ODATA_KEY = re.compile(r"(\w+)\('([^']+)'\)")


def answer(call: Call) -> Answer:
    """The answer to one call; raises GraphError."""
    head, *rest = _without_keys(call)
    if head == "directoryObjects":
        return _directory_objects(call, rest)
    if call.method != "GET":
        raise GraphError(405, "Request_BadRequest", f"Method {call.method} is not allowed here.")
    if head == ADMINISTRATIVE_UNIT.path:
        raise no_such_segment(head)  # v1.0 has them below /directory only
    if head == "directory" and rest[:1] == [ADMINISTRATIVE_UNIT.path]:
        head, *rest = rest
    if head in NAMES:
        return tenant_resource(call, head, rest)
    found = call.directory.collections.get(head)
    if found is None:
        raise no_such_segment(head)
    if not rest:
        return list_objects(call, found)
    if rest == ["$count"]:
        return count_objects(call, found)
    if rest[0] in ("delta", "microsoft.graph.delta") and len(rest) == 1 and found.kind in TRACKED:
        return delta(call, found)
    return _item(call, found, rest)


def _without_keys(call: Call) -> list[str]:
    """`users('id')` means `users/id`, and a role can be named by its template."""
    if not call.segments:
        raise no_such_segment("")
    head = call.segments[0]
    by_template = _ROLE_KEY.fullmatch(head)
    if by_template:
        return ["directoryRoles", _role_id(call, by_template.group(1)), *call.segments[1:]]
    keyed = _ODATA_KEY.fullmatch(head)
    return [*keyed.groups(), *call.segments[1:]] if keyed else call.segments


def _role_id(call: Call, template_id: str) -> str:
    roles = call.directory.collections["directoryRoles"]
    for index in roles.all_indices():
        row = roles.row(index, ("id", "roleTemplateId"))
        if row["roleTemplateId"] == template_id.lower():
            return str(row["id"])
    raise not_found(template_id)


def _directory_objects(call: Call, rest: list[str]) -> Answer:
    if rest in (["getByIds"], ["microsoft.graph.getByIds"]) and call.method == "POST":
        return get_by_ids(call)
    member = call.directory.find(rest[0]) if len(rest) == 1 else None
    if member is None:
        raise not_found("/".join(rest))
    return get_object(call, call.directory.by_code[member[0]], member[1])


def _index(call: Call, found: Collection, object_id: str) -> int | None:
    if found.kind is USER:
        return call.directory.find_user(object_id)
    member = call.directory.find(object_id)
    return member[1] if member and member[0] == found.kind.code else None


def _item(call: Call, found: Collection, rest: list[str]) -> Answer:
    index = _index(call, found, rest[0])
    if len(rest) == 1:
        return get_object(call, found, index)
    if index is None:
        raise not_found(rest[0])
    if rest[1] in ("memberOf", "transitiveMemberOf"):
        member, transitive = (found.kind.code, index), rest[1] == "transitiveMemberOf"
        return relations.member_of(call, member, rest[2:], transitive=transitive)
    related = _RELATIONS.get((found.kind.path, rest[1]))
    if related is None:
        raise no_such_segment(rest[1])
    return related(call, index, rest[2:])


Related = Callable[[Call, int, list[str]], Answer]
_RELATIONS: dict[tuple[str, str], Related] = {
    (GROUP.path, "members"): relations.group_members,
    (GROUP.path, "transitiveMembers"): relations.transitive_members,
    (DIRECTORY_ROLE.path, "members"): relations.role_members,
    (USER.path, "manager"): relations.manager,
    (USER.path, "appRoleAssignments"): partial(assignments_of, USER.code),
    (GROUP.path, "appRoleAssignments"): partial(assignments_of, GROUP.code),
    (SERVICE_PRINCIPAL.path, "appRoleAssignments"): assignments_of_principal,
    (SERVICE_PRINCIPAL.path, "appRoleAssignedTo"): assigned_to,
    (ADMINISTRATIVE_UNIT.path, "members"): relations.unit_members,
}
