"""Application registrations, and what tenants have consented to."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes

CLIENT_ID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class ClientSecret(msgspec.Struct, forbid_unknown_fields=True):
    """A client secret; `expires_at` in seconds since 1970."""

    value: str
    expires_at: int | None = None


class Registration(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An application registration; the same shape in the control API, config and state."""

    client_id: Annotated[str, msgspec.Meta(pattern=CLIENT_ID)]
    name: str = "Application"
    client_secrets: list[str | ClientSecret] = []
    certificates: list[str] = []
    redirect_uris: list[str] = []
    required_roles: list[str] = []
    group_membership_claims: str | None = None
    disabled: bool = False
    publisher: str = "Unverified publisher"
    # The one tenant that may use it; None for an application of many tenants.
    home_tenant_id: str | None = None

    def secrets(self) -> list[ClientSecret]:
        return [
            ClientSecret(item) if isinstance(item, str) else item for item in self.client_secrets
        ]

    def loaded_certificates(self) -> list[x509.Certificate]:
        """The certificates as objects; raises ValueError when one is no certificate in PEM."""
        found = [text for item in self.certificates for text in _PEM.findall(item) or [item]]
        return [x509.load_pem_x509_certificate(text.encode()) for text in found]

    def certificate_with(self, thumbprint: bytes) -> x509.Certificate | None:
        """The registered certificate with a SHA-1 or SHA-256 thumbprint."""
        algorithm = hashes.SHA256() if len(thumbprint) == 32 else hashes.SHA1()  # noqa: S303
        found = self.loaded_certificates()
        return next((item for item in found if item.fingerprint(algorithm) == thumbprint), None)


class Consent(msgspec.Struct, forbid_unknown_fields=True):
    """The application permissions a tenant granted; `granted_at` in seconds since 1970."""

    roles: list[str]
    granted_at: int
