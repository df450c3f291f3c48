"""The bucket of resource units, and the record of clients that do not wait."""

import time
from collections.abc import Callable

import pytest

from tests.simulator.driver import Json, Simulator, Tenant


def counters(sim: Simulator, tenant: Tenant) -> Json:
    found: Json = sim.control("GET", f"requests?tenant={tenant.id}")["counters"]
    return found


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ("users", 2),
        ("users?$select=id", 1),
        ("users?$select=id&$top=5", 1),
        ("users?$expand=manager", 3),
        ("groups", 1),
        ("subscribedSkus", 3),
        ("users/delta", 1),
        ("users/{user}", 1),
        ("groups/{group}/members", 3),
        ("groups/{group}/members?$select=id&$top=999", 2),
        ("groups/{group}/transitiveMembers", 5),
        ("organization", 1),
        ("applications", 2),
        ("applications?$select=id", 1),
        ("servicePrincipals/{application}/appRoleAssignments", 2),
        ("servicePrincipals/{application}/appRoleAssignedTo", 1),
        ("directory/administrativeUnits/delta", 1),
        ("users?$select=id,signInActivity&$top=500", 1),
    ],
)
def test_what_requests_cost(sim: Simulator, contoso: Tenant, path: str, units: int) -> None:
    group = sim.truth(contoso, "groups")[0]["id"]
    application = sim.truth(contoso, "service-principals")[0]["id"]
    user = sim.accounts(contoso)["user"]["oid"]
    named = path.format(user=user, group=group, application=application)
    response = sim.graph(contoso, named)
    assert (response.status_code, response.headers["x-ms-resource-unit"]) == (200, str(units))


def test_an_empty_bucket_and_a_client_that_does_not_wait(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant, other = new_tenant(users=40, throttling=True), new_tenant(throttling=True)
    token, path = sim.app_token(tenant), "groups/delta?$select=members"
    percentages, sent = [], 0
    while True:
        items = [{"id": str(n), "method": "GET", "url": "/subscribedSkus"} for n in range(20)]
        headers = {"Authorization": f"Bearer {token}"}
        body = {"requests": items}
        url = f"{sim.url}/v1.0/$batch"
        answers = sim.http.post(url, json=body, headers=headers, timeout=30).json()["responses"]
        sent += len(answers)
        refused = [answer for answer in answers if answer["status"] == 429]
        if refused:
            break
        response = sim.graph(tenant, "organization", token=token)
        percentages.append(response.headers.get("x-ms-throttle-limit-percentage"))
        assert sent < 10_000
    assert sent + len(percentages) >= 3500 / 3, "a small tenant has 3,500 units in ten seconds"
    assert percentages[0] is None
    assert float(percentages[-1] or 0) >= 0.8
    # On a slow machine the bucket has gained a few units by now; they are soon used up.
    tries = (sim.graph(tenant, path, token=token) for _ in range(2_000))
    again = next(answer for answer in tries if answer.status_code == 429)
    assert again.headers["x-ms-throttle-information"] == "ResourceUnitLimitExceeded"
    assert sim.graph(other, path).status_code == 200, "another tenant's bucket is its own"
    found = counters(sim, tenant)
    assert found["throttled"] == len(refused) + 1
    assert found["requests_inside_retry_after"] >= 1
    assert counters(sim, other)["requests_inside_retry_after"] == 0
    time.sleep(int(again.headers["retry-after"]))
    before = found["requests_inside_retry_after"]
    assert sim.graph(tenant, path, token=token).status_code == 200
    assert counters(sim, tenant)["requests_inside_retry_after"] == before


def test_a_throttle_fault_counts_early_requests_too(
    sim: Simulator, new_tenant: Callable[..., Tenant]
) -> None:
    tenant = new_tenant()
    token = sim.app_token(tenant)
    sim.fault("throttle", match={"tenant_id": tenant.id}, times=1, options={"seconds": 1})
    assert sim.graph(tenant, "domains", token=token).headers["retry-after"] == "1"
    assert sim.graph(tenant, "domains", token=token).status_code == 200
    assert counters(sim, tenant)["requests_inside_retry_after"] == 1
    time.sleep(1)
    assert sim.graph(tenant, "domains", token=token).status_code == 200
    assert counters(sim, tenant)["requests_inside_retry_after"] == 1
