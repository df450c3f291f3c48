"""OpenID discovery, the key set, and which clouds there are."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from microsoft365_simulator.identity.errors import SignInError
from microsoft365_simulator.identity.urls import SHARED, issuer, origin
from microsoft365_simulator.tenants.definition import CONSUMERS
from microsoft365_simulator.world import World


def tenant_in_issuer(world: World, tenant: str) -> str:
    """What stands for the tenant in an issuer; raises SignInError for an unknown tenant."""
    if tenant in ("common", "organizations"):
        return "{tenantid}"
    if tenant in ("consumers", CONSUMERS):
        return CONSUMERS
    found = world.tenant(tenant)
    if found is None:
        raise SignInError(90002, tenant=tenant)
    return found.tenant_id


async def configuration(world: World, request: Request, tenant: str) -> JSONResponse:
    """`/{tenant}/v2.0/.well-known/openid-configuration`."""
    named = tenant_in_issuer(world, tenant)
    base = origin(world, request)
    segment = tenant if tenant in SHARED else named
    root = f"{base}/{segment}"
    pages = f"{world.browser_url or base}/{segment}"
    return JSONResponse(
        {
            **_CONSTANT,
            "token_endpoint": f"{root}/oauth2/v2.0/token",
            "jwks_uri": f"{root}/discovery/v2.0/keys",
            "issuer": issuer(base, named),
            "authorization_endpoint": f"{pages}/oauth2/v2.0/authorize",
            "end_session_endpoint": f"{pages}/oauth2/v2.0/logout",
            "tenant_region_scope": None if tenant in SHARED else "EU",
        }
    )


_CONSTANT: dict[str, object] = {
    "token_endpoint_auth_methods_supported": [
        "client_secret_post",
        "private_key_jwt",
        "client_secret_basic",
    ],
    "response_modes_supported": ["query", "fragment", "form_post"],
    "subject_types_supported": ["pairwise"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "response_types_supported": ["code"],
    "scopes_supported": ["openid", "profile", "email", "offline_access"],
    "request_uri_parameter_supported": False,
    "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
    "http_logout_supported": True,
    "frontchannel_logout_supported": True,
    "claims_supported": [
        "sub",
        "iss",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "nonce",
        "preferred_username",
        "name",
        "tid",
        "ver",
        "email",
        "idp",
    ],
    "cloud_instance_name": "microsoftonline.com",
    "cloud_graph_host_name": "graph.windows.net",
    "msgraph_host": "graph.microsoft.com",
    "rbac_url": "https://pas.windows.net",
}


async def keys(world: World, request: Request, tenant: str) -> JSONResponse:
    """`/{tenant}/discovery/v2.0/keys`."""
    named = tenant_in_issuer(world, tenant)
    return JSONResponse(world.keys.key_set(issuer(origin(world, request), named)))


async def instances(world: World, request: Request, tenant: str) -> JSONResponse:
    """`/common/discovery/instance`: this host is the only cloud there is."""
    host = request.url.netloc
    base = origin(world, request)
    return JSONResponse(
        {
            "tenant_discovery_endpoint": f"{base}/{tenant}/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [
                {"preferred_network": host, "preferred_cache": host, "aliases": [host]},
            ],
        }
    )
