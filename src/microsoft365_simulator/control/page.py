"""The control page: tenants, applications, consents, faults and the last requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from microsoft365_simulator import pages
from microsoft365_simulator.control.problem import Problem
from microsoft365_simulator.faults.definition import (
    AccessKind,
    AnswerKind,
    Fault,
    IdentityKind,
    Match,
    PageKind,
    TokenKind,
)
from microsoft365_simulator.tenants.change_request import ChangeRequest
from microsoft365_simulator.tenants.definition import TenantRequest
from microsoft365_simulator.world import World

KINDS = [
    name
    for group in (AnswerKind, PageKind, TokenKind, AccessKind, IdentityKind)
    for name in get_args(group)
]
_SHOWN_REQUESTS = 60


async def show(
    world: World, request: Request, names: dict[str, str], problem: str = ""
) -> Response:
    """The page itself; `?tenant=` shows the requests of one tenant only."""
    tenant_id = request.query_params.get("tenant")
    return pages.page(
        "control.html",
        status=400 if problem else 200,
        problem=problem,
        world=world,
        tenants=world.tenants(),
        applications=world.applications(),
        faults=world.faults.active,
        kinds=KINDS,
        counters=world.log.counters(tenant_id),
        requests=world.log.recent(tenant_id, _SHOWN_REQUESTS),
        chosen=tenant_id,
    )


async def act(world: World, request: Request, names: dict[str, str]) -> Response:
    """A button of the page was pressed."""
    form = await request.form()
    action = _ACTIONS.get(_text(form, "action"))
    if action is None:
        raise Problem(400, "There is no such button.")
    try:
        action(world, form)
    except Problem as refused:
        return await show(world, request, names, problem=refused.text)
    except ValueError as refused:
        return await show(world, request, names, problem=str(refused))
    return RedirectResponse("/_simulator", 303)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(form: FormData, name: str, default: int | None) -> int | None:
    text = _text(form, name)
    if text and not text.isdigit():
        raise Problem(400, f"{name} must be a number.")
    return int(text) if text else default


def _add_tenant(world: World, form: FormData) -> None:
    world.add_tenant(
        TenantRequest(
            name=_text(form, "name") or "Contoso",
            domain=_text(form, "domain"),
            users=min(1_000_000, max(10, _number(form, "users", 100) or 10)),
            seed=_number(form, "seed", 1) or 1,
            premium=_text(form, "premium") == "on",
            throttling=_text(form, "throttling") == "on",
        )
    )


def _remove_tenant(world: World, form: FormData) -> None:
    world.remove_tenant(_text(form, "tenant_id"))


def _tenant_id(world: World, form: FormData) -> str:
    found = world.tenant(_text(form, "tenant_id"))
    if found is None:
        raise Problem(404, "There is no such tenant.")
    return found.tenant_id


def _grant(world: World, form: FormData) -> None:
    registration = world.application(_text(form, "client_id"))
    if registration is None:
        raise Problem(404, "There is no such application.")
    world.grant(_tenant_id(world, form), registration.client_id, registration.required_roles)


def _revoke(world: World, form: FormData) -> None:
    world.revoke(_tenant_id(world, form), _text(form, "client_id"))


def _play(world: World, form: FormData) -> None:
    count = _number(form, "count", 5) or 5
    change = ChangeRequest(
        users_added=count,
        users_updated=count,
        users_deleted=count,
        memberships_added=count,
        memberships_deleted=count,
        devices_added=count,
    )
    world.play(_tenant_id(world, form), change)


def _put_fault(world: World, form: FormData) -> None:
    kind = _text(form, "kind")
    if kind not in KINDS:
        raise Problem(400, "There is no such fault.")
    match = Match(path=_text(form, "path") or None, tenant_id=_text(form, "tenant_id") or None)
    world.put_fault(
        Fault(
            kind=kind,  # type: ignore[arg-type]  # checked against the same literals just above
            match=match,
            times=_number(form, "times", None) or None,
            every=_number(form, "every", 1) or 1,
        )
    )


def _remove_fault(world: World, form: FormData) -> None:
    world.remove_fault(_text(form, "fault_id"))


_ACTIONS: dict[str, Callable[[World, FormData], None]] = {
    "add_tenant": _add_tenant,
    "remove_tenant": _remove_tenant,
    "grant": _grant,
    "revoke": _revoke,
    "play": _play,
    "put_fault": _put_fault,
    "remove_fault": _remove_fault,
    "remove_faults": lambda world, form: world.remove_faults(),
    "clear_requests": lambda world, form: world.log.clear(),
}
