"""App-only tokens: got by certificate or secret, kept, forgotten, and refused with a name."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from pilotage.kernel import clock
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity import AppTokens, errors, fetch_app_token
from tests.microsoft.conftest import certificate_pem
from tests.microsoft.stage import CONSENT_REDIRECT, ROLES, Stage

ONE = frozenset({"User.Read.All"})
REFUSALS: dict[int, tuple[type[MicrosoftError], bool, bool]] = {
    # code: class, may be propagation, consent is lost
    65001: (errors.ConsentMissing, True, True),
    700016: (errors.ApplicationNotInTenant, True, True),
    7000229: (errors.ServicePrincipalMissing, True, True),
    650052: (errors.GraphNotInTenant, True, True),
    500014: (errors.GraphDisabledInTenant, False, True),
    7000112: (errors.ApplicationDisabled, False, False),
    7000215: (errors.SecretWrong, False, False),
    7000222: (errors.SecretExpired, False, False),
    700027: (errors.CertificateRejected, False, False),
    700024: (errors.AssertionOutsideItsTime, False, False),
    53003: (errors.ConditionalAccessBlocks, False, False),
    90002: (errors.TenantNotFound, False, False),
    1002012: (errors.ScopeRefused, False, False),
    70011: (errors.ScopeRefused, False, False),
    90033: (errors.IdentityUnavailable, False, False),
    12345678: (errors.IdentityError, False, False),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_each_refusal_has_a_name(stage: Stage, code: int) -> None:
    kind, is_propagation, is_consent_lost = REFUSALS[code]
    match = {"client_id": stage.settings.import_client_id}
    with (
        stage.control.fault("login_error", match=match, options={"code": code}),
        pytest.raises(errors.IdentityError) as caught,
    ):
        fetch_app_token(stage.settings, stage.tenant_id)
    error = caught.value
    assert type(error) is kind
    assert error.details["aadsts"] == f"AADSTS{code}"
    assert error.details["trace_id"]
    assert error.details["correlation_id"]
    assert error.details["timestamp"]
    assert (error.is_propagation, error.is_consent_lost) == (is_propagation, is_consent_lost)
    assert error.is_transient is (code == 90033)


def test_certificate_gives_a_token_with_the_granted_roles(stage: Stage) -> None:
    token = fetch_app_token(stage.settings, stage.tenant_id)
    assert token.roles == ROLES
    assert token.tenant_id == stage.tenant_id
    assert timedelta(minutes=50) < token.expires_at - clock.now() <= timedelta(hours=1)
    assert len(token.uti_sha256) == 64
    assert token.token not in repr(token)


def test_secret_gives_a_token_too(stage: Stage) -> None:
    settings = stage.with_settings(
        import_client_id=str(uuid4()), import_certificate="", import_client_secret="s3cret-value"
    )
    stage.control.call(
        "POST",
        "/applications",
        {
            "client_id": settings.import_client_id,
            "client_secrets": [settings.import_client_secret],
            "redirect_uris": [CONSENT_REDIRECT],
            "required_roles": ["User.Read.All"],
        },
    )
    path = f"/tenants/{stage.tenant_id}/consents/{settings.import_client_id}"
    stage.control.call("PUT", path, {})
    assert fetch_app_token(settings, stage.tenant_id).roles == ONE
    wrong = stage.with_settings(
        import_client_id=settings.import_client_id,
        import_certificate="",
        import_client_secret="wrong",
    )
    with pytest.raises(errors.SecretWrong):
        fetch_app_token(wrong, stage.tenant_id)


def test_certificate_that_was_never_uploaded_is_named(stage: Stage) -> None:
    settings = stage.with_settings(import_certificate=certificate_pem())
    with pytest.raises(errors.CertificateRejected):
        fetch_app_token(settings, stage.tenant_id)


def test_certificate_that_has_expired_is_not_even_sent(stage: Stage) -> None:
    settings = stage.with_settings(import_certificate=certificate_pem(-1, start_days=-30))
    with pytest.raises(errors.CertificateExpired):
        fetch_app_token(settings, stage.tenant_id)


def test_tenant_of_nobody_is_named(stage: Stage) -> None:
    with pytest.raises(errors.TenantNotFound) as caught:
        fetch_app_token(stage.settings, UUID("11111111-2222-4333-8444-555555555555"))
    assert caught.value.details["aadsts"] == "AADSTS90002"


def test_consent_counts_at_once(stage: Stage) -> None:
    """An MSAL application object would repeat its last refusal for a minute."""
    stage.revoke()
    tokens = AppTokens(stage.settings)
    with pytest.raises(errors.ServicePrincipalMissing):
        tokens.get(stage.tenant_id)
    stage.consent(["User.Read.All"])
    assert tokens.get(stage.tenant_id).roles == ONE
    stage.consent()
    assert tokens.get(stage.tenant_id).roles == ONE
    tokens.forget(stage.tenant_id)
    assert tokens.get(stage.tenant_id).roles == ROLES


def test_slow_replication_is_marked_as_such(stage: Stage) -> None:
    options = {"missing_seconds": 0, "partial_seconds": 60, "code": 700016}
    match = {"client_id": stage.settings.import_client_id}
    with stage.control.fault("propagation_delay", match=match, options=options):
        roles = fetch_app_token(stage.settings, stage.tenant_id).roles
    assert roles is not None
    assert roles < ROLES
    options = {"missing_seconds": 60, "code": 700016}
    with (
        stage.control.fault("propagation_delay", match=match, options=options),
        pytest.raises(errors.ApplicationNotInTenant) as caught,
    ):
        fetch_app_token(stage.settings, stage.tenant_id)
    assert caught.value.is_propagation


def test_token_is_kept_until_five_minutes_before_its_end(stage: Stage) -> None:
    tokens = AppTokens(stage.settings)
    first = tokens.get(stage.tenant_id)
    with clock.moved_by(timedelta(minutes=54)):
        assert tokens.get(stage.tenant_id) is first
    with clock.moved_by(timedelta(minutes=56)):
        assert tokens.get(stage.tenant_id) is not first


def test_rejected_token_is_replaced_once(stage: Stage) -> None:
    tokens = AppTokens(stage.settings)
    first = tokens.get(stage.tenant_id)
    second = tokens.renew(first)
    assert second != first
    # A second reader that was rejected with the same token gets the new one, unasked.
    assert tokens.renew(first) is second


@pytest.mark.parametrize("kind", ["html_200", "truncated_json", "drop", "server_error"])
def test_damaged_answer_is_transient(stage: Stage, kind: str) -> None:
    with (
        stage.control.fault(kind, match={"path": "oauth2/v2.0/token"}),
        pytest.raises(errors.IdentityUnavailable),
    ):
        fetch_app_token(stage.settings, stage.tenant_id)


def test_environment_cannot_change_who_is_trusted(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """requests lets these variables win over what the application says; we do not."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "/nonexistent/ca.pem")
    assert fetch_app_token(stage.settings, stage.tenant_id).roles == ROLES
