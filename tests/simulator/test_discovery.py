"""Discovery, key sets and their rotation."""

from collections.abc import Callable

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.simulator.driver import SignIn, Simulator, Tenant, aadsts, returned


def configuration(sim: Simulator, tenant: str) -> dict[str, str]:
    url = f"{sim.url}/{tenant}/v2.0/.well-known/openid-configuration"
    found: dict[str, str] = sim.http.get(url, timeout=10).json()
    return found


def test_a_tenant_is_named_by_its_id_whichever_name_was_asked(
    sim: Simulator, contoso: Tenant
) -> None:
    for name in (contoso.id, contoso.domain, contoso.domain.upper()):
        found = configuration(sim, name)
        assert found["issuer"] == f"{sim.url}/{contoso.id}/v2.0"
        assert found["token_endpoint"] == f"{sim.url}/{contoso.id}/oauth2/v2.0/token"
        assert found["authorization_endpoint"].startswith(f"{sim.browser_url}/{contoso.id}/")


@pytest.mark.parametrize("shared", ["common", "organizations"])
def test_shared_endpoints_have_a_template_for_an_issuer(sim: Simulator, shared: str) -> None:
    found = configuration(sim, shared)
    assert found["issuer"] == f"{sim.url}/{{tenantid}}/v2.0"
    assert found["jwks_uri"] == f"{sim.url}/{shared}/discovery/v2.0/keys"


def test_consumers_have_their_own_tenant(sim: Simulator) -> None:
    issuer = configuration(sim, "consumers")["issuer"]
    assert issuer == f"{sim.url}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"


def test_an_unknown_tenant_is_refused(sim: Simulator) -> None:
    url = f"{sim.url}/nobody.example/v2.0/.well-known/openid-configuration"
    response = sim.http.get(url, timeout=10)
    assert (response.status_code, aadsts(response)) == (400, 90002)


def test_rotated_keys_verify_old_and_new_tokens(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant()
    tokens = []
    for _ in range(2):
        browser, sign_in = sim.new_session(), SignIn.begin(sim, tenant.id)
        code = returned(sign_in.choose(browser, f"user@{tenant.domain}"))["code"]
        tokens.append(sign_in.redeem(sim, tenant.id, code).json()["id_token"])
        sim.control("POST", "keys/rotate")
    found = sim.http.get(configuration(sim, tenant.id)["jwks_uri"], timeout=10).json()
    for key in found["keys"]:
        assert {"kty", "use", "kid", "x5t", "n", "e", "x5c", "issuer"} <= key.keys()
    keys = KeySet.import_key_set(found)
    names = {jwt.decode(token, keys).header["kid"] for token in tokens}
    assert len(names) == 2


def test_instance_discovery_names_this_host_only(sim: Simulator) -> None:
    url = f"{sim.url}/common/discovery/instance?api-version=1.1"
    found = sim.http.get(url, timeout=10).json()
    assert found["metadata"][0]["aliases"] == [sim.url.removeprefix("https://")]
