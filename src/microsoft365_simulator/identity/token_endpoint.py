"""`/oauth2/v2.0/token`: codes, refresh tokens and client credentials for tokens."""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse

from microsoft365_simulator import clock
from microsoft365_simulator.applications import Consent, Registration
from microsoft365_simulator.faults.engine import Facts
from microsoft365_simulator.identity import accounts, tokens
from microsoft365_simulator.identity.accounts import Account
from microsoft365_simulator.identity.authorize import facts
from microsoft365_simulator.identity.client_authentication import basic_credentials, check_client
from microsoft365_simulator.identity.discovery import tenant_in_issuer
from microsoft365_simulator.identity.errors import SignInError
from microsoft365_simulator.identity.grants import Grant
from microsoft365_simulator.identity.signing_keys import base64url
from microsoft365_simulator.identity.urls import SHARED, issuer, origin
from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.principals import GRAPH_APP_ID
from microsoft365_simulator.world import World

GRAPH_HOSTS = frozenset(
    {
        "graph.microsoft.com",
        "graph.microsoft.us",
        "dod-graph.microsoft.us",
        "microsoftgraph.chinacloudapi.cn",
    }
)
NO_STORE = {"cache-control": "no-store, no-cache", "pragma": "no-cache"}
Form = dict[str, str]


async def token(world: World, request: Request, tenant: str) -> JSONResponse:
    """Answers one of the three grants; raises SignInError."""
    if request.method != "POST":
        raise SignInError(900561)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    basic = basic_credentials(request.headers.get("authorization"))
    if basic:
        form.setdefault("client_id", basic[0])
        form.setdefault("client_secret", basic[1])
    for name in ("grant_type", "client_id"):
        if not form.get(name):
            raise SignInError(900144, value=name)
    request.state.client_id = form["client_id"].lower()
    tenant_in_issuer(world, tenant)
    registration = world.application(form["client_id"])
    if registration is None:
        raise SignInError(700016, client=form["client_id"], tenant=tenant)
    _raise_wanted_error(world, request, registration, tenant)
    if form["grant_type"] == "client_credentials":
        return _client_credentials(world, request, registration, tenant, form)
    if form["grant_type"] == "authorization_code":
        return _authorization_code(world, request, registration, tenant, form)
    if form["grant_type"] == "refresh_token":
        return _refresh(world, request, registration, form)
    raise SignInError(70003, value=form["grant_type"])


def _raise_wanted_error(
    world: World, request: Request, registration: Registration, tenant: str
) -> None:
    found = world.tenant(tenant)
    about = facts(request, registration.client_id, found.tenant_id if found else None)
    if registration.disabled or world.faults.hit("application_disabled", about):
        raise SignInError(7000112, client=registration.client_id)
    fault = world.faults.hit("login_error", about)
    if fault:
        code = int(fault.number("code", 90033))
        raise SignInError(code, client=registration.client_id, tenant=tenant)


def _client_credentials(
    world: World, request: Request, registration: Registration, tenant: str, form: Form
) -> JSONResponse:
    if tenant in SHARED:
        raise SignInError(50059)
    scope = form.get("scope", "")
    if not scope:
        raise SignInError(900144, value="scope")
    if not scope.endswith("/.default") or " " in scope:
        raise SignInError(1002012, value=scope)
    check_client(registration, form, is_required=True, missing=7000216)
    definition = world.tenant(tenant)
    if definition is None:
        raise SignInError(90002, tenant=tenant)
    tenant_id = definition.tenant_id
    request.state.tenant_id = tenant_id
    if registration.home_tenant_id not in (None, tenant_id):
        raise SignInError(700016, client=registration.client_id, tenant=tenant)
    audience = _audience(world, request, scope, tenant)
    consent = _consent(world, facts(request, registration.client_id, tenant_id), tenant_id)
    roles = _visible_roles(world, request, registration, tenant_id, consent)
    oid = world.principal_id(tenant_id, registration.client_id)
    claims = tokens.app_token_claims(registration, tenant_id, audience, roles, oid)
    about = facts(request, registration.client_id, tenant_id)
    if world.faults.hit("token_of_another_tenant", about):
        claims["tid"] = derived_guid(tenant_id, "another tenant")
    return JSONResponse(
        {
            "token_type": "Bearer",
            "expires_in": tokens.LIFETIME,
            "ext_expires_in": tokens.LIFETIME,
            "access_token": tokens.signed(world.keys, claims),
        },
        headers=NO_STORE,
    )


def _audience(world: World, request: Request, scope: str, tenant: str) -> str:
    resource = scope.removesuffix("/.default").rstrip("/")
    parts = urlsplit(resource)
    own = {urlsplit(origin(world, request)).netloc, urlsplit(world.https_url).netloc}
    if resource == GRAPH_APP_ID or parts.hostname in GRAPH_HOSTS or parts.netloc in own:
        return resource
    raise SignInError(500011, value=resource, tenant=tenant)


def _consent(world: World, about: Facts, tenant_id: str) -> Consent:
    """What the tenant granted; without a grant there is no service principal in it."""
    client_id = about.client_id or ""
    consent = world.consents(tenant_id).get(client_id)
    if consent is None or world.faults.hit("revoked_consent", about):
        raise SignInError(7000229, client=client_id, tenant=tenant_id)
    return consent


def _visible_roles(
    world: World, request: Request, registration: Registration, tenant_id: str, consent: Consent
) -> list[str]:
    """The granted roles, as far as they have reached the token service.

    The fault `propagation_delay`: for `missing_seconds` after consent there is no service
    principal yet (`code`, 7000229 or 700016), for `partial_seconds` more half the roles.
    """
    about = facts(request, registration.client_id, tenant_id)
    fault = world.faults.hit("propagation_delay", about)
    if fault is None:
        return consent.roles
    age = clock.now() - consent.granted_at
    missing = fault.number("missing_seconds", 10)
    if age < missing:
        code = int(fault.number("code", 7000229))
        raise SignInError(code, client=registration.client_id, tenant=tenant_id)
    is_partial = age < missing + fault.number("partial_seconds", 10)
    return consent.roles[: len(consent.roles) // 2] if is_partial else consent.roles


def _authorization_code(
    world: World, request: Request, registration: Registration, tenant: str, form: Form
) -> JSONResponse:
    has_credentials = bool(registration.client_secrets or registration.certificates)
    check_client(registration, form, is_required=has_credentials, missing=7000218)
    grant = world.grants.code(form.get("code", ""))
    if grant is None or grant.client_id != registration.client_id:
        raise SignInError(70000)
    if grant.is_redeemed:
        raise SignInError(54005)
    if grant.expires_at <= clock.now():
        raise SignInError(70008)
    if grant.redirect_uri != form.get("redirect_uri"):
        raise SignInError(500112)
    if not _proves(grant.code_challenge, form.get("code_verifier")):
        raise SignInError(501481)
    if tenant not in SHARED and tenant_in_issuer(world, tenant) != grant.tenant_id:
        raise SignInError(50020, login=grant.login, tenant=tenant, client=registration.client_id)
    grant.is_redeemed = True
    return _signed_in(world, request, registration, grant)


def _proves(challenge: str | None, verifier: str | None) -> bool:
    """RFC 7636; a verifier without a challenge is a mismatch as well."""
    if challenge is None or verifier is None:
        return challenge is verifier
    method, _, expected = challenge.partition(":")
    given = base64url(sha256(verifier.encode()).digest()) if method == "S256" else verifier
    return compare_digest(expected.encode(), given.encode())


def _refresh(
    world: World, request: Request, registration: Registration, form: Form
) -> JSONResponse:
    has_credentials = bool(registration.client_secrets or registration.certificates)
    check_client(registration, form, is_required=has_credentials, missing=7000218)
    grant = world.grants.refresh_token(form.get("refresh_token", ""))
    if grant is None or grant.client_id != registration.client_id:
        raise SignInError(70000)
    return _signed_in(world, request, registration, grant)


def _signed_in(
    world: World, request: Request, registration: Registration, grant: Grant
) -> JSONResponse:
    request.state.tenant_id = grant.tenant_id
    account = _account(world, grant)
    scope = " ".join(word for word in grant.scope.split() if word != "offline_access")
    access = tokens.user_token_claims(account, registration, scope)
    body: dict[str, object] = {
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": tokens.LIFETIME,
        "ext_expires_in": tokens.LIFETIME,
        "access_token": tokens.signed(world.keys, access),
    }
    if "openid" in scope.split():
        named = issuer(origin(world, request), account.tenant_id)
        claims = tokens.id_token_claims(account, registration, grant, named)
        about = facts(request, registration.client_id, grant.tenant_id)
        fault = world.faults.hit("tamper_id_token", about)
        signed = tokens.tampered(world.keys, claims, fault) if fault else None
        body["id_token"] = signed or tokens.signed(world.keys, claims)
    if "offline_access" in grant.scope.split():
        body["refresh_token"] = world.grants.new_refresh_token(grant)
    parts = {"uid": account.oid, "utid": account.tenant_id}
    body["client_info"] = base64url(msgspec.json.encode(parts))
    return JSONResponse(body, headers=NO_STORE)


def _account(world: World, grant: Grant) -> Account:
    personal = accounts.personal(grant.login)
    if personal is not None:
        return personal
    found = accounts.find(world.directory(grant.tenant_id), grant.login)
    if found is None:
        raise SignInError(50034, login=grant.login, tenant=grant.tenant_id)
    return found
