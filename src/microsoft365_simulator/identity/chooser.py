"""The page on which someone chooses an account, and what becomes of the choice."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from microsoft365_simulator.applications import Registration
from microsoft365_simulator.identity import accounts
from microsoft365_simulator.identity.accounts import Account
from microsoft365_simulator.identity.errors import SignInError
from microsoft365_simulator.identity.session import signed_in
from microsoft365_simulator.pages import page
from microsoft365_simulator.tenants.definition import CONSUMERS, TenantDefinition
from microsoft365_simulator.world import World

_SHOWN_TENANTS = 6


def show(
    world: World,
    request: Request,
    registration: Registration,
    tenant: str,
    *,
    search: str = "",
    problem: str = "",
) -> HTMLResponse:
    """The chooser for a tenant segment; `search` narrows it down where tenants are many."""
    hint = request.query_params.get("domain_hint", "")
    typed = search or request.query_params.get("login_hint", "")
    found = _tenants(world, tenant, search or hint or typed)
    known = signed_in(world, request)
    cards = [
        (item, accounts.cast(world.directory(item.tenant_id))) for item in found[:_SHOWN_TENANTS]
    ]
    everyone = [accounts.personal(login) for login in accounts.PERSONAL]
    return page(
        "choose.html",
        application=registration,
        cards=cards,
        personal=everyone if tenant in ("common", "organizations", "consumers") else [],
        hidden=max(0, len(found) - _SHOWN_TENANTS),
        typed=typed,
        problem=problem,
        signed_in=known,
        status=200,
    )


def _tenants(world: World, tenant: str, wanted: str) -> list[TenantDefinition]:
    """The tenants on offer; when nothing matches what was typed, all of them."""
    if tenant in ("consumers", CONSUMERS):
        return []
    named = world.tenant(tenant)
    if named:
        return [named]
    word = wanted.lower().rpartition("@")[2]
    everything = sorted(world.tenants(), key=lambda item: item.name.lower())
    matching = [t for t in everything if word in t.domain or word in t.name.lower()]
    return matching or everything


def typed_login(form: FormData) -> str:
    """The account that was clicked, or else the one that was typed."""
    value = form.get("account") or form.get("login") or ""
    return value.strip().lower() if isinstance(value, str) else ""


def resolve(world: World, tenant: str, client_id: str, login: str) -> Account:
    """The account behind a login, if it may sign in at this tenant segment.

    Raises SignInError: 50034 nobody of that name, 50057 disabled, 50020 of another tenant.
    """
    account = accounts.personal(login) or _work_account(world, login)
    if not account.is_enabled:
        raise SignInError(50057, login=login)
    named = world.tenant(tenant)
    is_elsewhere = named is not None and named.tenant_id != account.tenant_id
    if is_elsewhere or (tenant in ("consumers", CONSUMERS) and not account.is_personal):
        place = named.name if named else tenant
        raise SignInError(50020, login=login, tenant=place, client=client_id)
    return account


def _work_account(world: World, login: str) -> Account:
    domain = login.rpartition("@")[2]
    definition = world.tenant(domain) if domain else None
    found = accounts.find(world.directory(definition.tenant_id), login) if definition else None
    if found is None:
        raise SignInError(50034, login=login or "(nobody)", tenant=domain or "any tenant")
    return found
