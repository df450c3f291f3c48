"""`/oauth2/v2.0/authorize`: the authorization code flow with PKCE, as far as the redirect."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from microsoft365_simulator import clock
from microsoft365_simulator.applications import Registration
from microsoft365_simulator.faults.engine import Facts
from microsoft365_simulator.identity import chooser
from microsoft365_simulator.identity.accounts import Account
from microsoft365_simulator.identity.discovery import tenant_in_issuer
from microsoft365_simulator.identity.errors import SignInError
from microsoft365_simulator.identity.grants import Grant
from microsoft365_simulator.identity.session import remember, signed_in
from microsoft365_simulator.pages import page
from microsoft365_simulator.world import World


class Declined(Exception):
    """An error that goes back to the application rather than onto a page."""

    def __init__(self, error: SignInError, subcode: str = "") -> None:
        super().__init__(str(error))
        self.error = error
        self.subcode = subcode


async def authorize(world: World, request: Request, tenant: str) -> Response:
    """Answers GET with a page or a redirect, and POST with what the chosen account leads to."""
    registration = checked_client(world, request, tenant)
    try:
        _check_request(request)
        if request.method == "POST":
            return await _chosen(world, request, registration, tenant)
        account = _silent(world, request, registration, tenant)
    except Declined as declined:
        return _declined(request, declined)
    if account is not None:
        return _code(world, request, registration, account)
    return chooser.show(world, request, registration, tenant)


def checked_client(world: World, request: Request, tenant: str) -> Registration:
    """The application that asks; raises SignInError for what must be shown on a page."""
    tenant_in_issuer(world, tenant)
    client_id = request.query_params.get("client_id")
    if not client_id:
        raise SignInError(900144, value="client_id")
    registration = world.application(client_id)
    if registration is None:
        raise SignInError(700016, client=client_id, tenant=tenant)
    uri = request.query_params.get("redirect_uri", "")
    if uri not in registration.redirect_uris:
        raise SignInError(50011, uri=uri, client=client_id)
    if registration.disabled or world.faults.hit("application_disabled", facts(request, client_id)):
        raise SignInError(7000112, client=client_id)
    return registration


def facts(request: Request, client_id: str | None, tenant_id: str | None = None) -> Facts:
    target = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    return Facts(request.method, target, tenant_id, client_id)


def _check_request(request: Request) -> None:
    query = request.query_params
    if query.get("response_type") != "code":
        raise Declined(SignInError(700054, value=query.get("response_type", "")))
    if not query.get("scope"):
        raise Declined(SignInError(900144, value="scope"))
    if query.get("response_mode", "query") not in ("query", "fragment", "form_post"):
        raise Declined(SignInError(9002326, value="response_mode"))
    if query.get("code_challenge") and query.get("code_challenge_method") not in ("S256", "plain"):
        raise Declined(SignInError(9002326, value="code_challenge_method"))
    if query.get("max_age", "0").isdigit() is False:
        raise Declined(SignInError(9002326, value="max_age"))


async def _chosen(
    world: World, request: Request, registration: Registration, tenant: str
) -> Response:
    form = await request.form()
    if form.get("action") == "cancel":
        raise Declined(SignInError(65004), subcode="cancel")
    login = chooser.typed_login(form)
    if form.get("action") == "search":
        return chooser.show(world, request, registration, tenant, search=login)
    try:
        account = chooser.resolve(world, tenant, registration.client_id, login)
    except SignInError as error:
        if error.code == 50020:
            raise
        return chooser.show(world, request, registration, tenant, problem=error.text)
    if account.is_personal and tenant == "organizations":
        _refuse_personal(world, request, registration)
    return _code(world, request, registration, account)


def _refuse_personal(world: World, request: Request, registration: Registration) -> None:
    """Work endpoints take no personal accounts, unless a fault tests the application's check."""
    if not world.faults.hit("personal_account_passes", facts(request, registration.client_id)):
        raise SignInError(50020, login="personal account", tenant="organizations")


def _silent(
    world: World, request: Request, registration: Registration, tenant: str
) -> Account | None:
    """The account to go on with unasked, if one is signed in and nothing demands a page."""
    prompt = request.query_params.get("prompt", "")
    fresh = {
        login: at
        for login, at in signed_in(world, request).items()
        if _is_fresh(request, at) and _fits(world, tenant, registration, login)
    }
    hint = request.query_params.get("login_hint", "").lower()
    wanted = [login for login in fresh if not hint or login == hint]
    if prompt == "none" and len(wanted) != 1:
        raise Declined(SignInError(16000 if wanted else 50058))
    if prompt in ("login", "select_account", "consent") or len(wanted) != 1:
        return None
    return chooser.resolve(world, tenant, registration.client_id, wanted[0])


def _fits(world: World, tenant: str, registration: Registration, login: str) -> bool:
    try:
        account = chooser.resolve(world, tenant, registration.client_id, login)
    except SignInError:
        return False
    return not (account.is_personal and tenant == "organizations")


def _is_fresh(request: Request, signed_in_at: int) -> bool:
    max_age = request.query_params.get("max_age")
    return max_age is None or clock.now() - signed_in_at <= int(max_age)


def _code(world: World, request: Request, registration: Registration, account: Account) -> Response:
    query = request.query_params
    before = signed_in(world, request).get(account.login)
    is_kept = before is not None and _is_fresh(request, before) and query.get("prompt") != "login"
    auth_time = before if is_kept and before is not None else clock.now()
    grant = Grant(
        client_id=registration.client_id,
        tenant_id=account.tenant_id,
        login=account.login,
        scope=query["scope"],
        redirect_uri=query["redirect_uri"],
        nonce=query.get("nonce"),
        code_challenge=_challenge(request),
        auth_time=auth_time,
        wants_auth_time="max_age" in query,
    )
    values = {"code": world.grants.new_code(grant), "session_state": str(uuid.uuid4())}
    response = answer(request, values)
    remember(world, request, response, account.login, auth_time)
    return response


def _challenge(request: Request) -> str | None:
    challenge = request.query_params.get("code_challenge")
    method = request.query_params.get("code_challenge_method")
    return f"{method}:{challenge}" if challenge else None


def _declined(request: Request, declined: Declined) -> Response:
    trace_id, correlation_id = str(uuid.uuid4()), str(uuid.uuid4())
    values = {
        "error": declined.error.error,
        "error_description": declined.error.description(trace_id, correlation_id),
    }
    if declined.subcode:
        values["error_subcode"] = declined.subcode
    return answer(request, values)


def answer(request: Request, values: dict[str, str]) -> Response:
    """Send the browser back to the application in the response mode it asked for."""
    query = request.query_params
    if "state" in query:
        values["state"] = query["state"]
    uri, mode = query["redirect_uri"], query.get("response_mode", "query")
    if mode == "form_post":
        return page("form_post.html", uri=uri, values=values)
    mark = "#" if mode == "fragment" else "&" if "?" in uri else "?"
    return RedirectResponse(f"{uri}{mark}{urlencode(values)}", 302)
