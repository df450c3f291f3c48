"""The simulator's own certificate authority, and certificates for its listeners and keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFETIME = timedelta(days=365)
_NAMES: list[x509.GeneralName] = [
    x509.DNSName("localhost"),
    x509.IPAddress(ip_address("127.0.0.1")),
    x509.IPAddress(ip_address("::1")),
]


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600)
    path.write_bytes(content)


def self_signed(key: rsa.RSAPrivateKey, common_name: str) -> x509.Certificate:
    """A certificate around a signing key, as JWKS carries it in `x5c`."""
    name = _name(common_name)
    return _builder(name, name, key).sign(key, hashes.SHA256())


def ensure(directory: Path) -> tuple[Path, Path, Path]:
    """The paths of (CA certificate, listener's certificate, listener's key), made when missing."""
    authority, leaf, key = (directory / name for name in ("ca.pem", "server.pem", "server-key.pem"))
    if not (authority.exists() and leaf.exists() and key.exists()) or _is_stale(leaf):
        _make(authority, leaf, key)
    return authority, leaf, key


def _make(authority_path: Path, leaf_path: Path, key_path: Path) -> None:
    """A fresh CA and one leaf; the CA's key is thrown away, nothing else can be signed by it."""
    authority_key, leaf_key = new_key(), new_key()
    authority_name = _name("Microsoft 365 simulator CA")
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    authority = (
        _builder(authority_name, authority_name, authority_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(_subject_key(authority_key), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    leaf = (
        _builder(_name("localhost"), authority_name, leaf_key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(_NAMES), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_subject_key(leaf_key), critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    authority_path.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    leaf_path.write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    write_private(key_path, key_pem(leaf_key))


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _subject_key(key: rsa.RSAPrivateKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey
) -> x509.CertificateBuilder:
    start = datetime.now(UTC) - timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + LIFETIME)
    )


def _is_stale(leaf: Path) -> bool:
    certificate = x509.load_pem_x509_certificate(leaf.read_bytes())
    return certificate.not_valid_after_utc < datetime.now(UTC) + timedelta(days=7)
