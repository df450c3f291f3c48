"""What is in a tenant right now, streamed as one JSON object a line, for comparing sets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from microsoft365_simulator.control.api import tenant_of
from microsoft365_simulator.control.problem import Problem
from microsoft365_simulator.graph.app_role_assignments import everything
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
    chunks = _chunks(world, directory, names["resource"])

    async def lines() -> AsyncIterator[bytes]:
        for rows in chunks:
            yield msgspec.json.Encoder().encode_lines(rows)
            await asyncio.sleep(0)  # other requests go on in between

    return StreamingResponse(lines(), media_type="application/x-ndjson")


def _chunks(world: World, directory: Directory, resource: str) -> Iterator[list[Row]]:
    if resource in _COLLECTIONS:
        path, names = _COLLECTIONS[resource]
        return _collection(directory.collections[path], names)
    if resource == "app-role-assignments":
        return everything(world, directory)
    if resource in _OTHERS:
        return _OTHERS[resource](directory)
    known = sorted([*_COLLECTIONS, *_OTHERS, "app-role-assignments"])
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


def _role_members(directory: Directory) -> Iterator[list[Row]]:
    roles = directory.collections["directoryRoles"]
    yield [
        {"role_id": roles.id_of(role), "member_id": directory.id_of(member)}
        for role in roles.all_indices()
        for member in directory.role_links.members(role)
    ]


def _unit_members(directory: Directory) -> Iterator[list[Row]]:
    units = directory.collections["administrativeUnits"]
    for unit in units.all_indices():
        unit_id = units.id_of(unit)
        yield [
            {"unit_id": unit_id, "member_id": directory.id_of(member)}
            for member in directory.unit_links.members(unit)
        ]


def _sign_ins(directory: Directory) -> Iterator[list[Row]]:
    """Users with sign-in activity, and its values in Graph's words; the others are left out."""
    for rows in _collection(directory.users, ("id", "signInActivity")):
        yield [
            {"id": row["id"], **row["signInActivity"]}  # type: ignore[dict-item]
            for row in rows
            if row["signInActivity"]
        ]


def _domains(directory: Directory) -> Iterator[list[Row]]:
    yield [{"id": row["id"]} for row in domains(directory)]


def _subscribed_skus(directory: Directory) -> Iterator[list[Row]]:
    names = ("id", "skuId", "skuPartNumber", "consumedUnits")
    yield [{name: row[name] for name in names} for row in subscribed_skus(directory)]


_OTHERS: dict[str, Callable[[Directory], Iterator[list[Row]]]] = {
    "memberships": _memberships,
    "role-members": _role_members,
    "administrative-unit-members": _unit_members,
    "sign-in-activity": _sign_ins,
    "domains": _domains,
    "subscribed-skus": _subscribed_skus,
}
