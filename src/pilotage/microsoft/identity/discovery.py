"""What the sign-in server says about itself (OpenID Connect Discovery 1.0).

The document is believed for addresses on the cloud's own hosts. A server that the settings name
instead of the cloud's is believed for any https address: naming it is trusting it.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import UUID

from pilotage.microsoft.identity.errors import DiscoveryUnusable, IdentityError, TenantNotFound
from pilotage.microsoft.identity.exchange import get_json
from pilotage.microsoft.identity.remembered import Remembered
from pilotage.microsoft.settings import MicrosoftSettings

ANY_WORK_ACCOUNT = "organizations"
CONSUMER_TENANT = UUID("9188040d-6c67-4c5b-b112-36a304b66dad")
_PLACEHOLDER = re.compile(r"\{tenantid\}", re.IGNORECASE)
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_documents: Remembered[tuple[MicrosoftSettings, str], "Discovery"] = Remembered(3_600)


@dataclass(frozen=True, slots=True)
class Discovery:
    """The endpoints of one tenant, or of all (`organizations`)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str

    def issuer_of(self, tenant_id: str) -> str:
        """The issuer with the tenant filled in, if it was left open."""
        return _PLACEHOLDER.sub(tenant_id, self.issuer)

    @property
    def is_template(self) -> bool:
        """Whether the issuer leaves the tenant open."""
        return _PLACEHOLDER.search(self.issuer) is not None


def discover(settings: MicrosoftSettings, tenant: str) -> Discovery:
    """The endpoints for `tenant` (id, domain or `organizations`), remembered for an hour.

    Raises TenantNotFound, IdentityUnavailable, and DiscoveryUnusable for a document whose
    endpoints or issuer do not belong to the cloud.
    """
    return _documents.get((settings, tenant), lambda: _read(settings, tenant))


def resolve_tenant(settings: MicrosoftSettings, domain: str) -> UUID | None:
    """The tenant that has verified `domain`, or None; raises IdentityUnavailable."""
    name = _ascii(domain)
    if name is None:
        return None
    try:
        found = _read(settings, name)
    except TenantNotFound:
        return None
    except IdentityError as error:
        if error.evidence.status in {400, 404} and not error.is_transient:
            return None
        raise
    ids = _GUID.findall(found.issuer)
    tenant_id = UUID(ids[-1]) if ids else None
    return None if tenant_id == CONSUMER_TENANT else tenant_id


def _read(settings: MicrosoftSettings, tenant: str) -> Discovery:
    path = f"/{quote(tenant, safe='')}/v2.0/.well-known/openid-configuration"
    document = get_json(settings, settings.login_url + path)
    found = Discovery(*(trusted_address(settings, document.get(name), name) for name in _NAMES))
    if not settings.is_login_overridden:
        _require_cloud_issuer(settings, found)
    return found


_NAMES = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def trusted_address(settings: MicrosoftSettings, value: object, name: str) -> str:
    """`value` if it may be used, else DiscoveryUnusable; the browser's may be plain on loopback."""
    if not isinstance(value, str):
        raise DiscoveryUnusable(f"The sign-in server's own description has no {name}.")
    parts = urlsplit(value)
    is_plain_page = name == "authorization_endpoint" and settings.is_login_overridden
    is_secure = parts.scheme == "https" or (is_plain_page and is_loopback(parts.hostname))
    is_known = settings.is_login_overridden or parts.hostname in settings.cloud.login_hosts
    if not is_secure or not is_known or parts.username is not None:
        raise DiscoveryUnusable(
            f"The sign-in server names an address of its {name} that is not one of this cloud's. "
            "Check PILOTAGE_MICROSOFT_CLOUD and PILOTAGE_MICROSOFT_LOGIN_URL."
        )
    return value


def is_loopback(host: str | None) -> bool:
    """Whether `host` is this machine by its usual names."""
    return host in {"localhost", "127.0.0.1", "::1"}


def _require_cloud_issuer(settings: MicrosoftSettings, found: Discovery) -> None:
    """Of an organization's tenant or of all; the cloud's template, with the tenant or without."""
    template = settings.cloud.issuer_template
    pattern = re.escape(template).replace(re.escape("{tenantid}"), r"(\{tenantid\}|[0-9a-f-]{36})")
    if not re.fullmatch(pattern, found.issuer):
        raise DiscoveryUnusable


def _ascii(domain: str) -> str | None:
    """The domain as DNS has it, or None when it cannot be one."""
    try:
        name = domain.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return None
    return name if _DOMAIN.fullmatch(name) else None
