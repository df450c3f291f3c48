"""Keys that the demo makes for itself and keeps."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from pilotage.kernel import clock

VALID = timedelta(days=730)
RENEW_BEFORE = timedelta(days=60)


def keep_secret(path: Path) -> Path:
    """A file with a random text, made when there is none; nobody else may read it."""
    if not path.exists():
        _write(path, secrets.token_urlsafe(64))
    return path


def keep_certificate(path: Path) -> Path:
    """A PEM file with certificate and key, made when there is none or its end is near."""
    if not (path.exists() and _is_good(path.read_bytes())):
        _write(path, _make_certificate())
    return path


def _is_good(pem: bytes) -> bool:
    end = x509.load_pem_x509_certificate(pem).not_valid_after_utc
    return end - clock.now() > RENEW_BEFORE


def _make_certificate() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pilotage demo import")])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # The sample data happens in the years before, and is made by really connecting tenants.
        .not_valid_before(now - VALID)
        .not_valid_after(now + VALID)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return (certificate.public_bytes(serialization.Encoding.PEM) + private).decode()


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    new.rename(path)
