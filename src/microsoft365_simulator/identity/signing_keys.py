"""The RSA keys that sign tokens, published as a JSON Web Key Set and rotated on demand."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import RSAKey

from microsoft365_simulator import certificates


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key; `key_id` is the thumbprint of the certificate around it, as at Microsoft."""

    key_id: str
    private: RSAKey
    public: RSAKey
    published: dict[str, object]


class SigningKeys:
    """All published keys, oldest first; the last one signs."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._keys = [_loaded(path) for path in sorted(directory.glob("*.pem"))]
        if not self._keys:
            self.rotate()

    @property
    def current(self) -> SigningKey:
        return self._keys[-1]

    def find(self, key_id: str | None) -> SigningKey | None:
        return next((key for key in self._keys if key.key_id == key_id), None)

    def rotate(self, *, retire_old: bool = False) -> SigningKey:
        """Sign with a new key from now on; the old ones stay published unless retired."""
        if retire_old:
            for path in self._directory.glob("*.pem"):
                path.unlink()
            self._keys = []
        path = self._directory / f"{len(list(self._directory.glob('*.pem'))):04}.pem"
        key = certificates.new_key()
        certificate = certificates.self_signed(key, "accounts.simulator.example")
        content = certificate.public_bytes(serialization.Encoding.PEM)
        certificates.write_private(path, certificates.key_pem(key) + content)
        self._keys.append(_loaded(path))
        return self.current

    def key_set(self, issuer: str) -> dict[str, object]:
        """The key set as `/discovery/v2.0/keys` answers it."""
        return {"keys": [{**key.published, "issuer": issuer} for key in self._keys]}


def _loaded(path: Path) -> SigningKey:
    content = path.read_bytes()
    private = serialization.load_pem_private_key(content, password=None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key.")
    certificate = x509.load_pem_x509_certificate(content)
    thumbprint = base64url(certificate.fingerprint(hashes.SHA1()))  # noqa: S303 - x5t is SHA-1
    numbers = private.public_key().public_numbers()
    published: dict[str, object] = {
        "kty": "RSA",
        "use": "sig",
        "kid": thumbprint,
        "x5t": thumbprint,
        "n": base64url(numbers.n.to_bytes(256, "big")),
        "e": base64url(numbers.e.to_bytes(3, "big")),
        "x5c": [base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()],
    }
    return SigningKey(
        thumbprint, RSAKey.import_key(private), RSAKey.import_key(private.public_key()), published
    )
