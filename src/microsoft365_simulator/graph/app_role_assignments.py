"""Who has which role of which application, from either side.

Sources: learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto and
.../serviceprincipal-list-approleassignments, .../user-list-approleassignments.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from microsoft365_simulator import clock
from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Answer, Call, collection
from microsoft365_simulator.graph.errors import bad_request, no_such_segment, unsupported_query
from microsoft365_simulator.graph.paging import next_link, page_size, start_of
from microsoft365_simulator.graph.view import encoded
from microsoft365_simulator.tenants.app_roles import FIRST_OF_TENANT, roles_held
from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.memberships import Member
from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.principals import GRAPH_PRINCIPAL, SERVICE_PRINCIPAL
from microsoft365_simulator.world import World

_PROPERTIES = (
    "id", "deletedDateTime", "appRoleId", "createdDateTime", "principalDisplayName",
    "principalId", "principalType", "resourceDisplayName", "resourceId",
)  # fmt: skip
_TYPES = {1: "User", 2: "Group", 4: "ServicePrincipal"}


class Assignment(NamedTuple):
    """One role of an application in the hands of one principal; `at` is when it was given."""

    application: int
    member: Member
    role_id: str
    at: str


def assigned_to(call: Call, application: int, rest: list[str]) -> Answer:
    """`GET /servicePrincipals/{id}/appRoleAssignedTo`: who has roles of this application."""
    permissions.demand(call.roles, "appRoleAssignments")
    found = of_application(call.world, call.directory, application)
    # What Graph itself grants follows from consents, which come and go beside the directory.
    return _page(call, list(found), rest, is_stable=application != GRAPH_PRINCIPAL)


def assignments_of_principal(call: Call, principal: int, rest: list[str]) -> Answer:
    """`GET /servicePrincipals/{id}/appRoleAssignments`: what an application may do."""
    permissions.demand(call.roles, "appRoleAssignments")
    granted = [a for a in _grants(call.world, call.directory) if a.member[1] == principal]
    others = _of_member(call.directory, (SERVICE_PRINCIPAL.code, principal))
    return _page(call, [*granted, *others], rest, is_stable=False)


def assignments_of(code: int, call: Call, index: int, rest: list[str]) -> Answer:
    """`GET /users/{id}/appRoleAssignments` and the same of groups."""
    permissions.demand(call.roles, "appRoleAssignmentsOfPeople")
    return _page(call, list(_of_member(call.directory, (code, index))), rest, is_stable=True)


def expanded(call: Call, application: int, at_most: int) -> list[Row]:
    """The value of `$expand=appRoleAssignedTo`: the first ones, and no word of the rest."""
    found = islice(of_application(call.world, call.directory, application), at_most)
    return _shown(call, list(found))


def everything(world: World, directory: Directory) -> Iterator[list[Row]]:
    """All assignments of a tenant, application by application."""
    for application in directory.collections["servicePrincipals"].all_indices():
        found = list(of_application(world, directory, application))
        for start in range(0, len(found), 2000):
            yield _rows(directory, found[start : start + 2000])


def of_application(world: World, directory: Directory, application: int) -> Iterator[Assignment]:
    """Everybody with a role of one application, in a stable order."""
    if application == GRAPH_PRINCIPAL:
        yield from _grants(world, directory)
        return
    row = directory.collections["servicePrincipals"].row(application, ("appRoles",))
    roles: list[dict[str, object]] = row["appRoles"]  # type: ignore[assignment]
    at = directory.home.when(20 + application % 400, application % 256)
    for member in directory.assignment_links.members(application):
        for role_id in roles_held(roles, member):
            yield Assignment(application, member, role_id, at)


def _of_member(directory: Directory, member: Member) -> Iterator[Assignment]:
    principals = directory.collections["servicePrincipals"]
    for application in principals.all_indices():
        if directory.assignment_links.has(application, member):
            roles = principals.row(application, ("appRoles",))["appRoles"]
            at = directory.home.when(20 + application % 400, application % 256)
            for role_id in roles_held(roles, member):  # type: ignore[arg-type]
                yield Assignment(application, member, role_id, at)


def _grants(world: World, directory: Directory) -> Iterator[Assignment]:
    """Permissions of Graph that applications hold: by consent, or from the seed."""
    consents = world.consents(directory.tenant_id)
    principals = directory.collections["servicePrincipals"]
    indices = list(principals.all_indices())
    made_at = clock.moment(directory.definition.epoch, days=30)
    for index, row in zip(indices, principals.rows(indices, ("appId",)), strict=True):
        consent = consents.get(str(row["appId"]))
        at = clock.iso_time(consent.granted_at) if consent else made_at
        for role in consent.roles if consent else _made_grants(index):
            role_id = permissions.ROLE_IDS.get(role, derived_guid("role", role))
            yield Assignment(GRAPH_PRINCIPAL, (SERVICE_PRINCIPAL.code, index), role_id, at)


def _made_grants(principal: int) -> list[str]:
    """The applications of the seed hold between none and three permissions."""
    if principal < FIRST_OF_TENANT:
        return []
    return sorted(permissions.ROLE_IDS)[principal % 7 : principal % 7 + principal % 4]


def _page(call: Call, found: list[Assignment], rest: list[str], *, is_stable: bool) -> Answer:
    if rest:
        raise no_such_segment(rest[0])
    if {"$filter", "$search", "$orderby", "$expand"}.intersection(call.query):
        raise unsupported_query()
    size, start = page_size(call), start_of(call)
    rows = _shown(call, found[start : start + size])
    link = next_link(call, start + size) if start + size < len(found) else None
    context = f"{call.base}/$metadata#appRoleAssignments"
    return Answer(collection(context, encoded(rows), next_link=link), is_stable=is_stable)


def _shown(call: Call, found: list[Assignment]) -> list[Row]:
    names = _selected(call)
    rows = _rows(call.directory, found)
    if len(names) == len(_PROPERTIES):
        return rows
    return [{name: row[name] for name in names} for row in rows]


def _selected(call: Call) -> tuple[str, ...]:
    text = call.query.get("$select", "")
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    for word in words:
        if word not in _PROPERTIES:
            raise bad_request(
                "Parsing OData Select and Expand failed: Could not find a property named "
                f"'{word}' on type 'microsoft.graph.appRoleAssignment'."
            )
    return words or _PROPERTIES


def _rows(directory: Directory, found: list[Assignment]) -> list[Row]:
    names = _display_names(directory, {(4, a.application) for a in found})
    names |= _display_names(directory, {a.member for a in found})
    return [
        {
            "id": _id(directory.id_of(a.member), directory.id_of((4, a.application)), a.role_id),
            "deletedDateTime": None,
            "appRoleId": a.role_id,
            "createdDateTime": a.at,
            "principalDisplayName": names[a.member],
            "principalId": directory.id_of(a.member),
            "principalType": _TYPES[a.member[0]],
            "resourceDisplayName": names[4, a.application],
            "resourceId": directory.id_of((4, a.application)),
        }
        for a in found
    ]


def _display_names(directory: Directory, members: set[Member]) -> dict[Member, object]:
    found: dict[Member, object] = {}
    for code in {code for code, _ in members}:
        indices = sorted(index for kind, index in members if kind == code)
        rows = directory.by_code[code].rows(indices, ("displayName",))
        for index, row in zip(indices, rows, strict=True):
            found[code, index] = row["displayName"]
    return found


def _id(*parts: str) -> str:
    """43 characters whose case matters, as Graph's own ids of assignments look."""
    digest = blake2b("\x1f".join(parts).encode(), digest_size=32).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
