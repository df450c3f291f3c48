"""The sentences that `pilotage doctor` and the start-up say about wrong Microsoft settings."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from pilotage.microsoft import certificate
from pilotage.microsoft.settings import MicrosoftSettings

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def common(settings: MicrosoftSettings) -> list[str]:
    """What web and worker both need: addresses, authorities, the import application's id."""
    return [
        *_url_mistakes("PILOTAGE_MICROSOFT_LOGIN_URL", settings.login_url),
        *_url_mistakes("PILOTAGE_GRAPH_URL", settings.graph_url),
        *_ca_mistakes(settings.ca_file),
        *_client_id_mistakes("IMPORT", settings.import_client_id),
    ]


def sign_in(settings: MicrosoftSettings) -> list[str]:
    """What only the web process needs: the sign-in application."""
    found = _client_id_mistakes("SIGNIN", settings.signin_client_id)
    if not settings.signin_client_secret:
        found.append(
            "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET is missing; make a client secret for the "
            "sign-in application in Entra and set it."
        )
    return found


def import_credential(settings: MicrosoftSettings, now: datetime) -> list[str]:
    """What only the worker needs: exactly one credential of the import application."""
    if settings.import_certificate and settings.import_client_secret:
        return [
            "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE and PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET "
            "are both set; keep the certificate."
        ]
    if settings.import_certificate:
        return _certificate_mistakes(settings.import_certificate, now)
    if not settings.import_client_secret:
        return [
            "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE is missing; the worker needs the certificate "
            "and private key (PEM) of the import application, or its client secret."
        ]
    return []


def _url_mistakes(name: str, url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return [f"{name} is not an address; write it like https://login.example.com."]
    if parts.scheme != "https":
        return [f"{name} must start with https://, as the sign-in library refuses all else."]
    if not host or parts.username is not None or parts.query or parts.fragment:
        return [f"{name} must be an address without user, query and fragment."]
    return []


def _ca_mistakes(path: str) -> list[str]:
    if not path:
        return []
    try:
        x509.load_pem_x509_certificates(Path(path).read_bytes())
    except OSError as error:
        return [f"SSL_CERT_FILE names {path}, which cannot be read: {error.strerror}."]
    except ValueError:
        return [f"SSL_CERT_FILE names {path}, which holds no PEM certificate."]
    return []


def _client_id_mistakes(which: str, client_id: str) -> list[str]:
    name = f"PILOTAGE_MICROSOFT_{which}_CLIENT_ID"
    if not client_id:
        return [f"{name} is missing; it is the application (client) id shown in Entra."]
    if not _GUID.fullmatch(client_id):
        return [f"{name} is not a GUID; copy the application (client) id shown in Entra."]
    return []


def _certificate_mistakes(pem: str, now: datetime) -> list[str]:
    name = "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE"
    try:
        loaded = certificate.load(pem)
    except certificate.CertificateUnusable as error:
        return [f"{name} cannot be used: {error.text}."]
    if loaded.not_after <= now:
        return [
            f"{name} expired on {loaded.not_after:%Y-%m-%d}; make a new certificate, upload it to "
            "the import application in Entra and set it here."
        ]
    if loaded.not_before > now:
        return [
            f"{name} is valid only from {loaded.not_before:%Y-%m-%d %H:%M} UTC; check the clock."
        ]
    return []
