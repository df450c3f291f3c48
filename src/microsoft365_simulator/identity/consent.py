"""`/adminconsent`: an administrator grants an application its permissions for the tenant."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from microsoft365_simulator import clock
from microsoft365_simulator.applications import Registration
from microsoft365_simulator.identity import chooser
from microsoft365_simulator.identity.accounts import Account
from microsoft365_simulator.identity.authorize import checked_client
from microsoft365_simulator.identity.errors import SignInError
from microsoft365_simulator.identity.session import remember, signed_in
from microsoft365_simulator.pages import page
from microsoft365_simulator.world import World

# What people read for a permission; the wording is ours, the names are Microsoft's.
MEANINGS = {
    "User.Read.All": "Read all users' full profiles",
    "Group.Read.All": "Read all groups",
    "GroupMember.Read.All": "Read all group memberships",
    "Device.Read.All": "Read all devices",
    "Directory.Read.All": "Read directory data",
    "Organization.Read.All": "Read organization information",
    "Domain.Read.All": "Read domains",
    "Application.Read.All": "Read all applications",
    "RoleManagement.Read.Directory": "Read all directory role assignments",
    "AuditLog.Read.All": "Read sign-in activity and audit logs",
    "LicenseAssignment.Read.All": "Read all licence assignments",
    "AdministrativeUnit.Read.All": "Read all administrative units",
    "Reports.Read.All": "Read all usage reports",
}


async def admin_consent_v1(world: World, request: Request, tenant: str) -> Response:
    """`/{tenant}/adminconsent`: everything the registration requires."""
    return await _admin_consent(world, request, tenant, version=1)


async def admin_consent(world: World, request: Request, tenant: str) -> Response:
    """`/{tenant}/v2.0/adminconsent`: what `scope` names."""
    return await _admin_consent(world, request, tenant, version=2)


async def _admin_consent(world: World, request: Request, tenant: str, version: int) -> Response:
    registration = checked_client(world, request, tenant)
    if tenant in ("common", "consumers"):
        raise SignInError(90130, client=registration.client_id)
    if version == 2 and not request.query_params.get("scope"):
        raise SignInError(900144, value="scope")
    if request.method == "POST":
        return await _posted(world, request, registration, tenant, version)
    account = _present(world, request, registration, tenant)
    if account is None:
        return chooser.show(world, request, registration, tenant)
    return _ask(request, registration, account)


async def _posted(
    world: World, request: Request, registration: Registration, tenant: str, version: int
) -> Response:
    form = await request.form()
    action, login = form.get("action"), chooser.typed_login(form)
    if action == "cancel":
        return _declined(request, version)
    if action == "search":
        return chooser.show(world, request, registration, tenant, search=login)
    if action == "another":
        return chooser.show(world, request, registration, tenant)
    if action == "accept":
        return _accepted(world, request, registration, tenant, login)
    try:
        account = chooser.resolve(world, tenant, registration.client_id, login)
    except SignInError as error:
        if error.code == 50020:
            raise
        return chooser.show(world, request, registration, tenant, problem=error.text)
    if account.is_personal:
        raise SignInError(50020, login=login, tenant=tenant, client=registration.client_id)
    response = _ask(request, registration, account)
    remember(world, request, response, account.login, clock.now())
    return response


def _present(
    world: World, request: Request, registration: Registration, tenant: str
) -> Account | None:
    """Who signed in last with this browser, if it is someone of this tenant."""
    for login in reversed(signed_in(world, request)):
        try:
            account = chooser.resolve(world, tenant, registration.client_id, login)
        except SignInError:
            continue
        if not account.is_personal:
            return account
    return None


def _ask(request: Request, registration: Registration, account: Account) -> Response:
    roles = _roles(request, registration)
    if not account.can_consent:
        return page("needs_admin.html", application=registration, account=account)
    meanings = [(role, MEANINGS.get(role, role)) for role in roles]
    return page("consent.html", application=registration, account=account, meanings=meanings)


def _roles(request: Request, registration: Registration) -> list[str]:
    """Application permissions come only with Graph's `.default` (or with version 1)."""
    scope = request.query_params.get("scope")
    wants = scope is None or any(word.endswith("/.default") for word in scope.split())
    return registration.required_roles if wants else []


def _accepted(
    world: World, request: Request, registration: Registration, tenant: str, login: str
) -> Response:
    if login not in signed_in(world, request):
        return chooser.show(world, request, registration, tenant)
    account = chooser.resolve(world, tenant, registration.client_id, login)
    if account.is_personal or not account.can_consent:
        return page("needs_admin.html", application=registration, account=account, status=403)
    roles = _roles(request, registration)
    world.grant(account.tenant_id, registration.client_id, roles)
    values = {"admin_consent": "True", "tenant": account.tenant_id}
    scope = request.query_params.get("scope")
    if scope is not None:
        named = [f"https://graph.microsoft.com/{role}" for role in roles]
        values["scope"] = " ".join([*named, "https://graph.microsoft.com/.default"])
    return _back(request, values)


def _declined(request: Request, version: int) -> Response:
    """Version 2 says `admin_consent=True` even on an error; that is Microsoft's doing."""
    if version == 1:
        text = "The admin canceled the request"
        return _back(request, {"error": "permission_denied", "error_description": text})
    text = SignInError(65004).description(str(uuid.uuid4()), str(uuid.uuid4()))
    return _back(
        request,
        {
            "admin_consent": "True",
            "error": "access_denied",
            "error_subcode": "cancel",
            "error_description": text,
        },
    )


def _back(request: Request, values: dict[str, str]) -> Response:
    query = request.query_params
    if "state" in query:
        values["state"] = query["state"]
    uri = query["redirect_uri"]
    return RedirectResponse(f"{uri}{'&' if '?' in uri else '?'}{urlencode(values)}", 302)
