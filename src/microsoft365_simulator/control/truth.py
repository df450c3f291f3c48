"""What is in a tenant right now, streamed as one JSON object a line, for comparing sets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from microsoft365_simulator.control.api import tenant_of
from microsoft365_simulator.control.problem import Problem
from microsoft365_simulator.tenants.collection import Collection, Row
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.domains import domains
from microsoft365_simulator.tenants.subscribed_skus import subscribed_skus
from microsoft365_simulator.world import World

_CHUNK = 2000
_COLLECTIONS = {
    "users": ("users", ("id", "userPrincipalName", "displayName")),
    "groups": ("groups", ("id", "displayName")),
    "devices": ("devices", ("id", "displayName")),
    "service-principals": ("servicePrincipals", ("id", "appId", "displayName")),
    "applications": ("applications", ("id", "appId")),
    "administrative-units": ("administrativeUnits", ("id", "displayName")),
    "directory-roles": ("directoryRoles", ("id", "roleTemplateId", "displayName")),
}


async def stream(world: World, request: Request, names: dict[str, str]) -> Response:
    """`GET …/truth/{resource}`."""
    directory = world.directory(tenant_of(world, names).tenant_id)
    chunks = _chunks(directory, names["resource"])

    async def lines() -> AsyncIterator[bytes]:
        for rows in chunks:
            yield msgspec.json.Encoder().encode_lines(rows)
            await asyncio.sleep(0)  # other requests go on in between

    return StreamingResponse(lines(), media_type="application/x-ndjson")


def _chunks(directory: Directory, resource: str) -> Iterator[list[Row]]:
    if resource in _COLLECTIONS:
        path, names = _COLLECTIONS[resource]
        return _collection(directory.collections[path], names)
    if resource == "memberships":
        return _memberships(directory)
    if resource == "role-members":
        return iter([_role_members(directory)])
    if resource == "domains":
        return iter([[{"id": row["id"]} for row in domains(directory)]])
    if resource == "subscribed-skus":
        names = ("id", "skuId", "skuPartNumber", "consumedUnits")
        return iter([[{n: row[n] for n in names} for row in subscribed_skus(directory)]])
    known = sorted([*_COLLECTIONS, "memberships", "role-members", "domains", "subscribed-skus"])
    raise Problem(404, f"There is no truth about {resource}; ask for one of {', '.join(known)}.")


def _collection(found: Collection, names: tuple[str, ...]) -> Iterator[list[Row]]:
    for start in range(0, found.total, _CHUNK):
        yield found.rows(found.indices(start, start + _CHUNK), names)


def _memberships(directory: Directory) -> Iterator[list[Row]]:
    groups = directory.groups
    for start in range(0, groups.total, 200):
        rows: list[Row] = []
        for group in groups.existing(range(start, min(start + 200, groups.total))):
            group_id = groups.id_of(group)
            rows += [
                {"group_id": group_id, "member_id": directory.id_of(member)}
                for member in directory.memberships.members(group)
            ]
        yield rows


def _role_members(directory: Directory) -> list[Row]:
    roles = directory.collections["directoryRoles"]
    return [
        {"role_id": roles.id_of(role), "member_id": directory.id_of(member)}
        for role in roles.all_indices()
        for member in directory.role_links.members(role)
    ]
