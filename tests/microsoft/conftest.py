"""One simulator, one tenant, two applications; every fault is taken back by its own test."""

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from pilotage.kernel import clock
from pilotage.microsoft.settings import MicrosoftSettings
from tests.conftest import Running
from tests.microsoft.stage import CONSENT_REDIRECT, REDIRECT, ROLES, Control, Stage


def certificate_pem(days: float = 30, *, start_days: float = -1) -> str:
    """A self-signed certificate with its key, as an operator would make it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pilotage-import")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() + timedelta(days=start_days))
        .not_valid_after(clock.now() + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return (private + certificate.public_bytes(serialization.Encoding.PEM)).decode()


@pytest.fixture(scope="session")
def import_certificate() -> str:
    return certificate_pem()


@pytest.fixture(scope="session")
def new_stage(simulator: Running, import_certificate: str) -> Stage:
    control = Control(simulator["control_url"], simulator["ca_file"])
    settings = MicrosoftSettings(
        login_url=simulator["https_url"],
        graph_url=simulator["https_url"],
        signin_client_id=str(uuid4()),
        signin_client_secret=secrets.token_urlsafe(24),
        import_client_id=str(uuid4()),
        import_certificate=import_certificate,
        ca_file=simulator["ca_file"],
    )
    _register(control, settings)
    domain = f"harbour-{secrets.token_hex(4)}.example"
    wanted = {"name": "Harbour Foods", "domain": domain, "seed": 7, "users": 60}
    tenant = control.call("POST", "/tenants", wanted)
    accounts = control.call("GET", f"/tenants/{tenant['tenant_id']}/accounts")
    named = {account["login"]: account for account in accounts}
    return Stage(control, settings, UUID(tenant["tenant_id"]), domain, named)


def _register(control: Control, settings: MicrosoftSettings) -> None:
    control.call(
        "POST",
        "/applications",
        {
            "client_id": settings.signin_client_id,
            "name": "Pilotage sign-in",
            "client_secrets": [settings.signin_client_secret],
            "redirect_uris": [REDIRECT],
            "group_membership_claims": "DirectoryRole",
        },
    )
    control.call(
        "POST",
        "/applications",
        {
            "client_id": settings.import_client_id,
            "name": "Pilotage import",
            "certificates": [settings.import_certificate],
            "redirect_uris": [CONSENT_REDIRECT],
            "required_roles": sorted(ROLES),
        },
    )


@pytest.fixture
def stage(new_stage: Stage) -> Stage:
    """The tenant has consented to everything."""
    new_stage.consent()
    return new_stage
