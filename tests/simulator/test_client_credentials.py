"""Tokens for applications: by secret and by certificate, and every way to be refused."""

import base64
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msal
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.simulator.driver import (
    CLIENT_ID,
    IMPORT_ROLES,
    SCOPE,
    SECRET,
    Simulator,
    Tenant,
    aadsts,
    claims,
)

CERTIFICATE_CLIENT = "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f00dd"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Credential:
    """A key and the self-signed certificate around it."""

    def __init__(self, *, days: int = 30) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "import")])
        now = datetime.now(UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=60))
            .not_valid_after(now + timedelta(days=days))
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    def assertion(self, audience: str, algorithm: str = "RS256", /, **replaced: object) -> str:
        """A client assertion as it should be, unless a claim is replaced."""
        digest = hashes.SHA1() if algorithm == "RS256" else hashes.SHA256()
        thumbprint = base64.urlsafe_b64encode(self.certificate.fingerprint(digest)).rstrip(b"=")
        name = "x5t" if algorithm == "RS256" else "x5t#S256"
        now = int(time.time())
        content = {
            "aud": audience,
            "iss": CERTIFICATE_CLIENT,
            "sub": CERTIFICATE_CLIENT,
            "jti": str(uuid.uuid4()),
            "nbf": now,
            "exp": now + 600,
            **replaced,
        }
        header = {"alg": algorithm, name: thumbprint.decode()}
        key = RSAKey.import_key(self.key)
        return jwt.encode(header, content, key, algorithms=[algorithm])


@pytest.fixture(scope="session")
def credential(sim: Simulator, contoso: Tenant) -> Credential:
    made = Credential()
    sim.register(client_id=CERTIFICATE_CLIENT, certificates=[made.pem], required_roles=IMPORT_ROLES)
    sim.control("PUT", f"tenants/{contoso.id}/consents/{CERTIFICATE_CLIENT}")
    return made


def application(
    sim: Simulator, tenant: str, client_id: str, credential: object
) -> msal.ConfidentialClientApplication:
    return msal.ConfidentialClientApplication(
        client_id,
        client_credential=credential,
        authority=f"{sim.url}/{tenant}",
        instance_discovery=False,
        http_client=sim.new_session(),
    )


def test_msal_with_a_secret(sim: Simulator, contoso: Tenant) -> None:
    result = application(sim, contoso.id, CLIENT_ID, SECRET).acquire_token_for_client([SCOPE])
    found = claims(result["access_token"])
    assert (result["expires_in"], result["token_type"]) == (3599, "Bearer")
    assert found["aud"] == "https://graph.microsoft.com"
    assert (found["appid"], found["tid"], found["idtyp"]) == (CLIENT_ID, contoso.id, "app")
    assert found["roles"] == sorted(IMPORT_ROLES)
    principals = sim.items(contoso, "servicePrincipals?$select=id,appId")
    assert {"id": found["oid"], "appId": CLIENT_ID} in principals


def test_msal_with_a_certificate(sim: Simulator, contoso: Tenant, credential: Credential) -> None:
    value = {"private_key": credential.key_pem, "public_certificate": credential.pem}
    result = application(sim, contoso.id, CERTIFICATE_CLIENT, value).acquire_token_for_client(
        [SCOPE]
    )
    assert "access_token" in result, result
    found = sim.graph(contoso, "organization", token=result["access_token"]).json()
    assert found["value"][0]["id"] == contoso.id


def certified(sim: Simulator, tenant: Tenant, assertion: str) -> tuple[int, int]:
    """Status and AADSTS number (0 for success) of a token request with an assertion."""
    response = sim.token_request(
        tenant.id,
        grant_type="client_credentials",
        client_id=CERTIFICATE_CLIENT,
        client_assertion_type=ASSERTION_TYPE,
        client_assertion=assertion,
        scope=SCOPE,
    )
    return response.status_code, 0 if response.ok else aadsts(response)


def audience(sim: Simulator, tenant: Tenant) -> str:
    return f"{sim.url}/{tenant.id}/oauth2/v2.0/token"


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_both_ways_to_sign_an_assertion(
    sim: Simulator, contoso: Tenant, credential: Credential, algorithm: str
) -> None:
    assertion = credential.assertion(audience(sim, contoso), algorithm)
    assert certified(sim, contoso, assertion) == (200, 0)


@pytest.mark.parametrize(
    ("replaced", "code"),
    [
        ({"exp": 1_600_000_000}, 700024),
        ({"nbf": 4_000_000_000, "exp": 4_000_000_600}, 700024),
        ({"aud": "https://login.microsoftonline.com/elsewhere"}, 700023),
        ({"iss": CLIENT_ID}, 700007),
        ({"sub": CLIENT_ID}, 700007),
    ],
)
def test_assertions_with_wrong_claims(
    sim: Simulator, contoso: Tenant, credential: Credential, replaced: dict[str, object], code: int
) -> None:
    assertion = credential.assertion(audience(sim, contoso), "RS256", **replaced)
    assert certified(sim, contoso, assertion) == (401, code)


def test_assertions_of_other_keys(sim: Simulator, contoso: Tenant, credential: Credential) -> None:
    stranger = Credential()
    assert certified(sim, contoso, stranger.assertion(audience(sim, contoso))) == (401, 700027)
    head, body, _ = credential.assertion(audience(sim, contoso)).split(".")
    assert certified(sim, contoso, f"{head}.{body}.AAAA") == (401, 700027)
    assert certified(sim, contoso, "not a token") == (401, 700027)


def test_an_expired_certificate(sim: Simulator, contoso: Tenant, credential: Credential) -> None:
    expired = Credential(days=-1)
    pems = [credential.pem, expired.pem]
    sim.register(client_id=CERTIFICATE_CLIENT, certificates=pems, required_roles=IMPORT_ROLES)
    assert certified(sim, contoso, expired.assertion(audience(sim, contoso))) == (401, 700027)
    assert certified(sim, contoso, credential.assertion(audience(sim, contoso))) == (200, 0)


@pytest.mark.parametrize(
    ("tenant", "form", "status", "code", "error"),
    [
        ("", {"client_secret": "wrong"}, 401, 7000215, "invalid_client"),
        ("", {"client_secret": "an expired secret"}, 401, 7000222, "invalid_client"),
        ("", {"client_secret": ""}, 401, 7000216, "invalid_client"),
        ("", {"client_id": str(uuid.UUID(int=9))}, 400, 700016, "unauthorized_client"),
        ("", {"client_id": ""}, 400, 900144, "invalid_request"),
        ("", {"grant_type": "password"}, 400, 70003, "unsupported_grant_type"),
        ("", {"scope": ""}, 400, 900144, "invalid_request"),
        ("", {"scope": "User.Read.All"}, 400, 1002012, "invalid_scope"),
        ("", {"scope": "https://vault.azure.net/.default"}, 400, 500011, "invalid_resource"),
        ("organizations", {}, 400, 50059, "invalid_request"),
        ("common", {}, 400, 50059, "invalid_request"),
        ("nobody.example", {}, 400, 90002, "invalid_request"),
    ],
)
def test_refusals(
    sim: Simulator,
    contoso: Tenant,
    tenant: str,
    form: dict[str, str],
    status: int,
    code: int,
    error: str,
) -> None:
    response = sim.app_token_request(tenant or contoso.id, **form)
    body = response.json()
    assert (response.status_code, aadsts(response), body["error"]) == (status, code, error)
    assert body["error_codes"] == [code]
    assert f"Trace ID: {body['trace_id']}" in body["error_description"]


def test_get_is_not_a_token_request(sim: Simulator, contoso: Tenant) -> None:
    response = sim.http.get(f"{sim.url}/{contoso.id}/oauth2/v2.0/token", timeout=10)
    assert aadsts(response) == 900561


def test_without_consent_there_is_no_service_principal(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant(consent=False)
    assert aadsts(sim.app_token_request(tenant.id)) == 7000229
    sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}", {"roles": []})
    assert "roles" not in claims(sim.app_token(tenant))
    sim.control("DELETE", f"tenants/{tenant.id}/consents/{CLIENT_ID}")
    assert aadsts(sim.app_token_request(tenant.id)) == 7000229


def test_a_disabled_application(sim: Simulator, contoso: Tenant) -> None:
    sim.fault("application_disabled", match={"client_id": CLIENT_ID})
    refused = sim.app_token_request(contoso.id)
    assert (aadsts(refused), refused.json()["error"]) == (7000112, "unauthorized_client")


def test_the_scope_may_follow_the_graph_host(sim: Simulator, contoso: Tenant) -> None:
    token = sim.app_token_request(contoso.id, scope=f"{sim.url}/.default").json()["access_token"]
    assert sim.graph(contoso, "domains", token=token).status_code == 200


def test_basic_authentication(sim: Simulator, contoso: Tenant) -> None:
    response = sim.http.post(
        f"{sim.url}/{contoso.id}/oauth2/v2.0/token",
        data={"grant_type": "client_credentials", "scope": SCOPE},
        auth=(CLIENT_ID, "a%20client%20secret%20of%20the%20tests"),
        timeout=10,
    )
    assert response.status_code == 200
