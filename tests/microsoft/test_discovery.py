"""Which tenant a domain belongs to, and which sign-in server is believed."""

import pytest

from pilotage.microsoft.clouds import Cloud
from pilotage.microsoft.identity import discover, errors, resolve_tenant
from pilotage.microsoft.identity.discovery import trusted_address
from pilotage.microsoft.settings import MicrosoftSettings
from tests.microsoft.stage import Stage

GLOBAL = MicrosoftSettings()
OVERRIDDEN = MicrosoftSettings(login_url="https://login.test.example")


def test_domain_leads_to_its_tenant(stage: Stage) -> None:
    assert resolve_tenant(stage.settings, stage.domain.upper() + ".") == stage.tenant_id


@pytest.mark.parametrize(
    "domain",
    ["nobody.example", "", "no dots", "../organizations", "organizations", "common", "a" * 300,
     "evil.example/v2.0", "evil.example?x=", "münchen.example", "-.example"],
)  # fmt: skip
def test_domain_of_nobody_has_no_tenant(stage: Stage, domain: str) -> None:
    assert resolve_tenant(stage.settings, domain) is None


def test_server_that_is_down_is_no_unknown_domain(stage: Stage) -> None:
    settings = stage.with_settings(login_url="https://localhost:1")
    with pytest.raises(errors.IdentityUnavailable) as caught:
        resolve_tenant(settings, stage.domain)
    assert caught.value.is_transient
    assert caught.value.status == 503


def test_failing_server_is_no_unknown_domain(stage: Stage) -> None:
    match = {"path": "openid-configuration"}
    with (
        stage.control.fault("server_error", match=match, options={"status": 500}),
        pytest.raises(errors.IdentityUnavailable),
    ):
        resolve_tenant(stage.settings, stage.domain)


@pytest.mark.parametrize("kind", ["html_200", "truncated_json", "drop"])
def test_damaged_discovery_is_transient(stage: Stage, kind: str) -> None:
    with (
        stage.control.fault(kind, match={"path": "openid-configuration"}),
        pytest.raises(errors.IdentityUnavailable),
    ):
        resolve_tenant(stage.settings, stage.domain)


def test_discovery_of_all_leaves_the_tenant_open(stage: Stage) -> None:
    found = discover(stage.settings, "organizations")
    assert found.is_template
    assert found.issuer_of("abc") == f"{stage.settings.login_url}/abc/v2.0"


def test_unknown_tenant_has_a_name(stage: Stage) -> None:
    with pytest.raises(errors.TenantNotFound) as caught:
        discover(stage.settings, "11111111-2222-4333-8444-555555555555")
    assert caught.value.details["aadsts"] == "AADSTS90002"


@pytest.mark.parametrize(
    "address",
    ["http://login.microsoftonline.com/x", "https://login.microsoftonline.com.evil.example/x",
     "https://evil.example/x", "https://login.microsoftonline.com@evil.example/x",
     "https://u@login.microsoftonline.com/x", "https://localhost/x", None, 7],
)  # fmt: skip
def test_cloud_names_only_its_own_hosts(address: object) -> None:
    with pytest.raises(errors.DiscoveryUnusable):
        trusted_address(GLOBAL, address, "token_endpoint")


def test_named_server_may_send_the_browser_to_this_machine_only() -> None:
    page = "authorization_endpoint"
    assert trusted_address(OVERRIDDEN, "http://localhost:8/x", page) == "http://localhost:8/x"
    with pytest.raises(errors.DiscoveryUnusable):
        trusted_address(OVERRIDDEN, "http://login.test.example/x", page)
    with pytest.raises(errors.DiscoveryUnusable):
        trusted_address(OVERRIDDEN, "http://localhost:8/x", "token_endpoint")


@pytest.mark.parametrize("cloud", list(Cloud))
def test_scope_follows_the_cloud_and_not_the_override(cloud: Cloud) -> None:
    settings = MicrosoftSettings(cloud=cloud, graph_url="https://graph.test.example/v1.0/")
    assert settings.graph_url == "https://graph.test.example"
    assert settings.graph_scope == f"{cloud.graph_url}/.default"
    assert settings.login_url == cloud.login_url
