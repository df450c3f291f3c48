"""What is wrong with the settings, in sentences an operator can act on."""

from pathlib import Path
from typing import Any

import pytest

from pilotage.kernel import clock
from pilotage.microsoft.clouds import Cloud
from pilotage.microsoft.settings import MicrosoftSettings
from tests.microsoft.conftest import certificate_pem

WELL: dict[str, Any] = {
    "signin_client_id": "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f0001",
    "signin_client_secret": "canary-signin-secret",
    "import_client_id": "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f0002",
}


@pytest.fixture(scope="module")
def pem() -> str:
    return certificate_pem()


def test_good_settings_have_no_mistakes(pem: str) -> None:
    assert MicrosoftSettings(**WELL, import_certificate=pem).validate(clock.now()) == []
    assert MicrosoftSettings(**WELL, import_client_secret="x").validate(clock.now()) == []


def test_certificate_may_stand_in_one_line(pem: str) -> None:
    settings = MicrosoftSettings(**WELL, import_certificate=pem.replace("\n", "\\n"))
    assert settings.validate_worker(clock.now()) == []


def test_web_needs_no_import_credential_and_worker_no_sign_in(pem: str) -> None:
    assert MicrosoftSettings(**WELL).validate_web() == []
    only = {"import_client_id": WELL["import_client_id"], "import_certificate": pem}
    assert MicrosoftSettings(**only).validate_worker(clock.now()) == []


def mistakes(**changed: Any) -> str:
    return " ".join(MicrosoftSettings(**(WELL | changed)).validate(clock.now()))


def test_every_mistake_is_named_once() -> None:
    found = MicrosoftSettings().validate(clock.now())
    assert len(found) == 4
    for name in ("SIGNIN_CLIENT_ID", "SIGNIN_CLIENT_SECRET", "IMPORT_CLIENT_ID"):
        assert sum(f"{name} is missing" in sentence for sentence in found) == 1
    assert "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE is missing" in found[-1]


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"signin_client_id": "pilotage"}, "SIGNIN_CLIENT_ID is not a GUID"),
        ({"import_client_id": "x" * 36}, "IMPORT_CLIENT_ID is not a GUID"),
        ({"login_url": "http://localhost:9443"}, "LOGIN_URL must start with https://"),
        ({"graph_url": "http://localhost:9443"}, "GRAPH_URL must start with https://"),
        ({"graph_url": "https://u:p@graph.example"}, "GRAPH_URL must be an address without user"),
        ({"login_url": "https://login.example?x=1"}, "LOGIN_URL must be an address without user"),
        ({"login_url": "https://[login.example"}, "LOGIN_URL is not an address"),
        ({"login_url": "https://login.example:port"}, "LOGIN_URL is not an address"),
        ({"ca_file": "/nonexistent/ca.pem"}, "which cannot be read"),
        ({"import_certificate": "nonsense"}, "it holds no private key"),
    ],
)
def test_mistake_is_named(changed: dict[str, str], text: str) -> None:
    assert text in mistakes(**changed)


def test_authorities_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    assert "holds no PEM certificate" in mistakes(ca_file=str(tmp_path / "ca.pem"))


def test_certificate_mistakes_are_told_apart(pem: str) -> None:
    end = pem.index("-----BEGIN CERTIFICATE-----")
    key, certificate = pem[:end], pem[end:]
    other = certificate_pem()
    foreign = key + other[other.index("-----BEGIN CERTIFICATE-----") :]
    found = {
        "it holds no private key": certificate,
        "it holds no certificate": key,
        "belongs to another certificate": foreign,
        "its private key cannot be read": key.replace("MII", "XXX") + certificate,
        "expired on": certificate_pem(-1, start_days=-10),
        "valid only from": certificate_pem(10, start_days=5),
    }
    for text, given in found.items():
        assert text in mistakes(import_certificate=given), text


def test_two_credentials_are_one_too_many(pem: str) -> None:
    both = mistakes(import_certificate=pem, import_client_secret="x")
    assert "are both set; keep the certificate" in both


def test_secrets_are_never_shown(pem: str) -> None:
    settings = MicrosoftSettings(
        **WELL, import_certificate=pem, import_client_secret="canary-2", proxy_url="http://u:pw@p"
    )
    shown = f"{settings!r} {settings}"
    for secret in ("canary", "PRIVATE KEY", "u:pw"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("cloud", "login", "graph"),
    [
        ("global", "login.microsoftonline.com", "graph.microsoft.com"),
        ("usgov", "login.microsoftonline.us", "graph.microsoft.us"),
        ("usgov-dod", "login.microsoftonline.us", "dod-graph.microsoft.us"),
        ("china", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
    ],
)
def test_each_cloud_has_its_hosts(cloud: str, login: str, graph: str) -> None:
    settings = MicrosoftSettings(cloud=Cloud(cloud))
    assert (settings.login_url, settings.graph_url) == (f"https://{login}", f"https://{graph}")
    assert settings.cloud.issuer_template == f"https://{login}/{{tenantid}}/v2.0"
    assert not settings.is_login_overridden
