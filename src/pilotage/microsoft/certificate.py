"""The import application's certificate: one PEM text with certificate and private key."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pilotage.kernel.errors import Invalid


class CertificateUnusable(Invalid):
    """The certificate of the import application cannot be used."""


@dataclass(frozen=True, slots=True)
class ImportCertificate:
    """A certificate and its key; `thumbprint` is SHA-256 in hex, the times are UTC."""

    private_key_pem: str = field(repr=False)
    certificate_pem: str = field(repr=False)
    thumbprint: str
    not_before: datetime
    not_after: datetime


@lru_cache(maxsize=4)
def load(pem: str) -> ImportCertificate:
    """The certificate in `pem` that belongs to the RSA key in it; raises CertificateUnusable."""
    key = _private_key(pem)
    certificate = _matching(_certificates(pem), key)
    return ImportCertificate(
        private_key_pem=key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        certificate_pem=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        thumbprint=certificate.fingerprint(hashes.SHA256()).hex(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _private_key(pem: str) -> rsa.RSAPrivateKey:
    start = pem.find("PRIVATE KEY-----")
    if start < 0:
        raise CertificateUnusable("it holds no private key; put the key into the same PEM text")
    begin = pem.rfind("-----BEGIN", 0, start)
    try:
        key = serialization.load_pem_private_key(pem[begin:].encode(), password=None)
    except TypeError as error:
        raise CertificateUnusable("its private key is encrypted; decrypt it first") from error
    except ValueError as error:
        raise CertificateUnusable("its private key cannot be read") from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < 2048:
        raise CertificateUnusable("its key is not RSA with 2048 bits or more, as Entra wants it")
    return key


def _certificates(pem: str) -> list[x509.Certificate]:
    if "-----BEGIN CERTIFICATE-----" not in pem:
        raise CertificateUnusable("it holds no certificate; put it into the same PEM text")
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise CertificateUnusable("its certificate cannot be read") from error


def _matching(found: list[x509.Certificate], key: rsa.RSAPrivateKey) -> x509.Certificate:
    numbers = key.public_key().public_numbers()
    for certificate in found:
        public = certificate.public_key()
        if isinstance(public, rsa.RSAPublicKey) and public.public_numbers() == numbers:
            return certificate
    raise CertificateUnusable("its private key belongs to another certificate")
