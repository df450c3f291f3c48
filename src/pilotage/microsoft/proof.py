"""Proof that a tenant has consented, and that who said so may consent for it.

The consent page's redirect proves nothing: anybody can send it. What counts is a token for that
very tenant with all permissions, the tenant's own name for itself, and the administrator's role
read from its directory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import msgspec

from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.graph.client import GraphClient
from pilotage.microsoft.graph.errors import ObjectGone, RequestRefused
from pilotage.microsoft.identity.app_token import AppToken, AppTokens
from pilotage.microsoft.identity.roles import is_consenting
from pilotage.microsoft.settings import MicrosoftSettings

_MEMBER_PATH = "/users/{oid}/transitiveMemberOf"
_SELECT = {"$select": "id,displayName,roleTemplateId"}


@dataclass(frozen=True, slots=True)
class _RoleQuery:
    """One way to ask for somebody's directory roles."""

    cast: str
    params: dict[str, str]
    headers: dict[str, str]


# The cast is an advanced query in some clouds and absent in others.
_ROLE_QUERIES = (
    _RoleQuery("/microsoft.graph.directoryRole", _SELECT, {}),
    _RoleQuery(
        "/microsoft.graph.directoryRole",
        {**_SELECT, "$count": "true"},
        {"ConsistencyLevel": "eventual"},
    ),
    _RoleQuery("", {}, {}),
)


class MissingPermissions(MicrosoftError):
    """The organization has not granted all permissions that the import needs. Ask its
    administrator to open the activation link again.
    """

    is_propagation = True

    def __init__(self, missing: frozenset[str]) -> None:
        super().__init__(details={"missing": sorted(missing)})
        self.missing = missing


class TenantMismatch(MicrosoftError):
    """Microsoft Graph answered for another tenant than the one that was asked for, so nothing was
    connected. Tell Pilotage's maintainers.
    """


class NotAnAdministrator(MicrosoftError):
    """This account may not consent for its organization: that takes a Global Administrator or a
    Privileged Role Administrator. Forward the link to one.
    """


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven. `roles` is empty and `is_roles_readable` false when the token cannot be
    looked into: then only the organization was read, and a missing permission shows in the import.
    """

    tenant_id: UUID
    display_name: str
    initial_domain: str
    default_domain: str
    verified_domains: tuple[str, ...]
    roles: frozenset[str]
    is_roles_readable: bool
    uti_sha256: str


class _Domain(msgspec.Struct, rename="camel"):
    name: str = ""
    is_initial: bool | None = None
    is_default: bool | None = None


class _Organization(msgspec.Struct, rename="camel"):
    id: str
    display_name: str | None = None
    verified_domains: list[_Domain] | None = None


class _Role(msgspec.Struct, rename="camel"):
    role_template_id: str | None = None


def prove_access(
    settings: MicrosoftSettings,
    tenant_id: UUID,
    missing_of: Callable[[frozenset[str]], frozenset[str]],
    admin_oid: UUID | None,
) -> Proof:
    """Prove the consent of `tenant_id`, and the role of `admin_oid` if one is given.

    `missing_of` is asked with the token's roles and answers which permissions they still lack.
    Raises MissingPermissions, TenantMismatch, NotAnAdministrator, the errors of `AppTokens.get`
    and those of `graph.errors`. In the first 15 minutes after a consent, errors with
    `is_propagation` may go away by themselves.
    """
    tokens = AppTokens(settings)
    token = tokens.get(tenant_id)
    missing = missing_of(token.roles) if token.roles is not None else frozenset()
    if missing:
        raise MissingPermissions(missing)
    client = GraphClient(settings, tenant_id, tokens)
    organization = _own_organization(client, tenant_id)
    if admin_oid is not None:
        _require_consenting_role(client, admin_oid)
    return _proof(token, organization)


def _own_organization(client: GraphClient, tenant_id: UUID) -> _Organization:
    found = client.get("/organization").items(_Organization)
    if len(found) != 1 or found[0].id.lower() != str(tenant_id):
        raise TenantMismatch
    return found[0]


def _require_consenting_role(client: GraphClient, admin_oid: UUID) -> None:
    path = _MEMBER_PATH.format(oid=admin_oid)
    for ask in _ROLE_QUERIES:
        try:
            for page in client.pages(path + ask.cast, params=ask.params, headers=ask.headers):
                if is_consenting(role.role_template_id or "" for role in page.items(_Role)):
                    return
        except (RequestRefused, ObjectGone):
            continue
        break
    raise NotAnAdministrator


def _proof(token: AppToken, organization: _Organization) -> Proof:
    domains = organization.verified_domains or []
    return Proof(
        tenant_id=token.tenant_id,
        display_name=organization.display_name or "",
        initial_domain=next((d.name for d in domains if d.is_initial), ""),
        default_domain=next((d.name for d in domains if d.is_default), ""),
        verified_domains=tuple(d.name for d in domains if d.name),
        roles=token.roles or frozenset(),
        is_roles_readable=token.roles is not None,
        uti_sha256=token.uti_sha256,
    )
