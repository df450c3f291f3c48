"""App-only tokens: one tenant's permission to read it, got by client credentials (RFC 6749, 4.4).

MSAL makes the request and signs the assertion with the certificate. Every request has a new MSAL
application object: an old one answers from its own caches, a refusal for 60 seconds and a token
without the newest permissions for an hour, which is just wrong after a consent.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from pilotage.kernel import clock
from pilotage.microsoft import certificate
from pilotage.microsoft.certificate import CertificateUnusable
from pilotage.microsoft.identity import aadsts
from pilotage.microsoft.identity.discovery import trusted_address
from pilotage.microsoft.identity.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateUnreadable,
    DiscoveryUnusable,
    IdentityAnswerUnreadable,
    IdentityError,
    TokenOfAnotherTenant,
)
from pilotage.microsoft.identity.evidence import Evidence, from_fields
from pilotage.microsoft.identity.exchange import is_json_object
from pilotage.microsoft.identity.msal_http import MsalHttp
from pilotage.microsoft.identity.payload import payload_of
from pilotage.microsoft.settings import MicrosoftSettings

# A token is given up this long before its end, so that a page in flight does not lose it.
MARGIN = timedelta(minutes=5)
# Clocks differ by as much; whether a certificate that is this new counts, Microsoft decides.
CLOCK_SKEW = timedelta(minutes=5)
DEFAULT_LIFETIME_SECONDS = 3_599
_Key = tuple[str, str, UUID, str, str]


@dataclass(frozen=True, slots=True)
class AppToken:
    """A bearer token for Graph. `roles` are the permissions granted, `uti` its id at Microsoft.

    Both are read from its payload, which is opaque in theory: `roles` is None when it is so in
    practice, and callers probe.
    """

    token: str = field(repr=False)
    expires_at: datetime
    tenant_id: UUID
    roles: frozenset[str] | None
    uti: str

    @property
    def uti_sha256(self) -> str:
        """Proof of the token for the event log, of no use to a thief; "" if there is no uti."""
        return hashlib.sha256(self.uti.encode()).hexdigest() if self.uti else ""


class AppTokens:
    """The app-only tokens of this process, by cloud, tenant, application and credential."""

    def __init__(self, settings: MicrosoftSettings) -> None:
        self._settings = settings
        self._kept: dict[_Key, AppToken] = {}
        self._lock = Lock()

    def get(self, tenant_id: UUID) -> AppToken:
        """A token with at least five minutes to live.

        Raises the errors of `identity.errors`: ConsentMissing and its children, SecretWrong,
        SecretExpired, CertificateRejected, TenantNotFound, IdentityUnavailable and others.
        """
        key = _key(self._settings, tenant_id)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept.expires_at - MARGIN > clock.now():
            return kept
        fresh = fetch_app_token(self._settings, tenant_id)
        with self._lock:
            self._kept[key] = fresh
        return fresh

    def renew(self, rejected: AppToken) -> AppToken:
        """Another token than `rejected`, which Graph no longer takes."""
        key = _key(self._settings, rejected.tenant_id)
        with self._lock:
            if self._kept.get(key) == rejected:
                del self._kept[key]
        return self.get(rejected.tenant_id)

    def forget(self, tenant_id: UUID) -> None:
        """Ask anew next time: after a consent, and when a tenant leaves."""
        with self._lock:
            self._kept.pop(_key(self._settings, tenant_id), None)


def fetch_app_token(settings: MicrosoftSettings, tenant_id: UUID) -> AppToken:
    """A token straight from Microsoft; raises the errors of `AppTokens.get`."""
    import msal

    http = MsalHttp(settings)
    try:
        application = msal.ConfidentialClientApplication(
            settings.import_client_id,
            client_credential=_credential(settings),
            authority=f"{settings.login_url}/{tenant_id}",
            instance_discovery=False,
            http_client=http,
        )
        # MSAL sends the credential wherever its own copy of the discovery document says.
        trusted_address(settings, application.authority.token_endpoint, "token_endpoint")
        result = application.acquire_token_for_client(scopes=[settings.graph_scope])
    except (msal.exceptions.MsalError, ValueError, OSError, RuntimeError) as error:
        raise _failure(http) from error
    if not isinstance(result, dict) or not isinstance(result.get("access_token"), str):
        raise _refusal(result, http)
    return _token(result, tenant_id)


def _credential(settings: MicrosoftSettings) -> str | dict[str, str]:
    if not settings.import_certificate:
        return settings.import_client_secret
    try:
        loaded = certificate.load(settings.import_certificate)
    except CertificateUnusable as error:
        raise CertificateUnreadable(
            f"The certificate of the import application cannot be used: {error.text}."
        ) from error
    if loaded.not_after <= clock.now():
        raise CertificateExpired
    if loaded.not_before > clock.now() + CLOCK_SKEW:
        raise CertificateNotYetValid
    # With the certificate MSAL takes its SHA-256 thumbprint and signs PS256.
    return {
        "private_key": loaded.private_key_pem,
        "public_certificate": loaded.certificate_pem,
    }


def _token(result: dict[str, Any], tenant_id: UUID) -> AppToken:
    payload = payload_of(result["access_token"])
    named = payload.get("tid")
    if isinstance(named, str) and named.lower() != str(tenant_id):
        raise TokenOfAnotherTenant
    roles = payload.get("roles", [] if payload else None)
    uti = payload.get("uti")
    lifetime = str(result.get("expires_in"))
    seconds = int(lifetime) if lifetime.isdigit() else DEFAULT_LIFETIME_SECONDS
    return AppToken(
        token=result["access_token"],
        expires_at=clock.now() + timedelta(seconds=seconds),
        tenant_id=tenant_id,
        roles=frozenset(map(str, roles)) if isinstance(roles, list) else None,
        uti=uti if isinstance(uti, str) else "",
    )


def _refusal(result: object, http: MsalHttp) -> IdentityError:
    """The error in MSAL's result; what it leaves out is in the answer itself."""
    if http.last is not None and http.last.status != 200:
        return aadsts.error_in(http.last)
    return aadsts.error_for(from_fields(result if isinstance(result, dict) else {}))


def _failure(http: MsalHttp) -> IdentityError:
    """What stopped MSAL: an error answer, one that it does not trust, or one that is no JSON."""
    if http.last is not None and http.last.status != 200:
        return aadsts.error_in(http.last)
    if http.last is not None and is_json_object(http.last):
        return DiscoveryUnusable(evidence=Evidence())
    return IdentityAnswerUnreadable(evidence=Evidence(), fault="unreadable")


def _key(settings: MicrosoftSettings, tenant_id: UUID) -> _Key:
    return (
        settings.login_url,
        settings.graph_scope,
        tenant_id,
        settings.import_client_id,
        _thumbprint(settings),
    )


def _thumbprint(settings: MicrosoftSettings) -> str:
    credential = settings.import_certificate or settings.import_client_secret
    return hashlib.sha256(credential.encode()).hexdigest()
