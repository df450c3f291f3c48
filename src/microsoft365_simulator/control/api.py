"""The JSON of the control API; its shapes stand in the README."""

from __future__ import annotations

from dataclasses import asdict

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from microsoft365_simulator.applications import Registration
from microsoft365_simulator.control.problem import Problem
from microsoft365_simulator.faults.definition import Fault
from microsoft365_simulator.identity.accounts import cast
from microsoft365_simulator.tenants.change_request import ChangeRequest
from microsoft365_simulator.tenants.definition import TenantDefinition, TenantRequest
from microsoft365_simulator.tenants.domains import domains
from microsoft365_simulator.tenants.subscribed_skus import subscribed_skus
from microsoft365_simulator.world import World

Names = dict[str, str]


class GrantRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`roles` left out: everything the application requires."""

    roles: list[str] | None = None


class RotateRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Whether the keys used so far disappear from the key set at once."""

    retire_old: bool = False


def answered(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def tenant_of(world: World, names: Names) -> TenantDefinition:
    """The tenant a path names by id or domain; raises Problem 404."""
    found = world.tenant(names["tenant_id"])
    if found is None:
        raise Problem(404, f"There is no tenant {names['tenant_id']}.")
    return found


async def list_tenants(world: World, request: Request, names: Names) -> Response:
    return answered(world.tenants())


async def add_tenant(world: World, request: Request, names: Names) -> Response:
    definition = world.add_tenant(msgspec.json.decode(await request.body(), type=TenantRequest))
    return answered(definition, 201)


async def show_tenant(world: World, request: Request, names: Names) -> Response:
    """The definition, and how many of what there is now."""
    definition = tenant_of(world, names)
    directory = world.directory(definition.tenant_id)
    counts = {path: len(found) for path, found in directory.collections.items()}
    counts["memberships"] = directory.membership_count()
    counts["domains"] = len(domains(directory))
    counts["subscribedSkus"] = len(subscribed_skus(directory))
    counts["organization"] = 1
    values: dict[str, object] = msgspec.structs.asdict(definition)
    return answered({**values, "counts": counts, "version": directory.version})


async def remove_tenant(world: World, request: Request, names: Names) -> Response:
    world.remove_tenant(tenant_of(world, names).tenant_id)
    return Response(status_code=204)


async def list_accounts(world: World, request: Request, names: Names) -> Response:
    """Who can sign in under a fixed name, with object id and roles."""
    directory = world.directory(tenant_of(world, names).tenant_id)
    return answered([asdict(account) for account in cast(directory)])


async def play(world: World, request: Request, names: Names) -> Response:
    change = msgspec.json.decode(await request.body() or b"{}", type=ChangeRequest)
    return answered(world.play(tenant_of(world, names).tenant_id, change))


async def list_consents(world: World, request: Request, names: Names) -> Response:
    return answered(world.consents(tenant_of(world, names).tenant_id))


async def grant(world: World, request: Request, names: Names) -> Response:
    definition = tenant_of(world, names)
    wanted = msgspec.json.decode(await request.body() or b"{}", type=GrantRequest)
    registration = world.application(names["client_id"])
    if registration is None:
        raise Problem(404, f"There is no application {names['client_id']}.")
    roles = registration.required_roles if wanted.roles is None else wanted.roles
    return answered(world.grant(definition.tenant_id, registration.client_id, roles))


async def revoke(world: World, request: Request, names: Names) -> Response:
    if not world.revoke(tenant_of(world, names).tenant_id, names["client_id"].lower()):
        raise Problem(404, "The tenant has not consented to this application.")
    return Response(status_code=204)


async def list_applications(world: World, request: Request, names: Names) -> Response:
    """Registrations without their secrets."""
    found = [msgspec.to_builtins(item) for item in world.applications()]
    for item in found:
        item["client_secrets"] = len(item["client_secrets"])
    return answered(found)


async def put_application(world: World, request: Request, names: Names) -> Response:
    registration = msgspec.json.decode(await request.body(), type=Registration)
    world.put_application(registration)
    return answered({"client_id": registration.client_id}, 201)


async def list_faults(world: World, request: Request, names: Names) -> Response:
    """The faults that are on, with how many requests each has seen and hit."""
    return answered(
        [
            {**msgspec.to_builtins(item.fault), "seen": item.seen, "hits": item.hits}
            for item in world.faults.active
        ]
    )


async def put_fault(world: World, request: Request, names: Names) -> Response:
    fault = msgspec.json.decode(await request.body(), type=Fault)
    return answered(world.put_fault(fault), 201)


async def remove_fault(world: World, request: Request, names: Names) -> Response:
    if not world.remove_fault(names["fault_id"]):
        raise Problem(404, f"There is no fault {names['fault_id']}.")
    return Response(status_code=204)


async def remove_faults(world: World, request: Request, names: Names) -> Response:
    world.remove_faults()
    return Response(status_code=204)


async def list_requests(world: World, request: Request, names: Names) -> Response:
    """`?tenant=` narrows down, `?count=` says how many of the latest (100)."""
    tenant_id = request.query_params.get("tenant")
    text = request.query_params.get("count", "100")
    if not text.isdigit():
        raise Problem(400, "count must be a number.")
    recent = world.log.recent(tenant_id, int(text))
    return answered({"counters": world.log.counters(tenant_id), "requests": recent})


async def clear_requests(world: World, request: Request, names: Names) -> Response:
    world.log.clear()
    return Response(status_code=204)


async def rotate_keys(world: World, request: Request, names: Names) -> Response:
    wanted = msgspec.json.decode(await request.body() or b"{}", type=RotateRequest)
    return answered({"kid": world.keys.rotate(retire_old=wanted.retire_old).key_id})


async def reset(world: World, request: Request, names: Names) -> Response:
    world.reset()
    return Response(status_code=204)
