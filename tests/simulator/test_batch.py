"""Batches: each item for itself."""

import uuid

from tests.simulator.driver import Json, Simulator, Tenant


def item(number: int, url: str, **values: object) -> Json:
    return {"id": str(number), "method": "GET", "url": url, **values}


def answers(sim: Simulator, tenant: Tenant, *items: Json) -> dict[str, Json]:
    response = sim.batch(tenant, list(items))
    assert response.status_code == 200, response.text
    return {answer["id"]: answer for answer in response.json()["responses"]}


def test_items_have_their_own_status_and_body(sim: Simulator, contoso: Tenant) -> None:
    found = answers(
        sim,
        contoso,
        item(1, "/users?$top=2&$select=id"),
        item(2, f"/groups/{uuid.UUID(int=3)}"),
        item(3, "/users/$count", headers={"ConsistencyLevel": "eventual"}),
        item(4, "/users/$count"),
        item(5, "/directoryObjects/getByIds", method="POST", body={"ids": []}),
    )
    assert {name: answer["status"] for name, answer in found.items()} == {
        "1": 200,
        "2": 404,
        "3": 200,
        "4": 400,
        "5": 400,
    }
    assert found["3"]["body"] == 1200
    link = found["1"]["body"]["@odata.nextLink"]
    assert link.startswith(f"{sim.url}/v1.0/users?"), "absolute, also inside a batch"
    assert len(sim.graph(contoso, link).json()["value"]) == 2


def test_dependent_items(sim: Simulator, contoso: Tenant) -> None:
    found = answers(
        sim,
        contoso,
        item(1, "/shoes"),
        item(2, "/organization", dependsOn=["1"]),
        item(3, "/organization"),
        item(4, "/domains", dependsOn=["3"]),
        item(5, "/domains", dependsOn=["2"]),
    )
    assert [found[str(n)]["status"] for n in range(1, 6)] == [400, 424, 200, 200, 424]


def test_what_no_batch_is(sim: Simulator, contoso: Tenant) -> None:
    too_many = [item(number, "/organization") for number in range(21)]
    twice = [item(1, "/organization"), item(1, "/domains")]
    ahead = [item(1, "/organization", dependsOn=["2"]), item(2, "/domains")]
    for wanted in (too_many, twice, ahead, []):
        assert sim.batch(contoso, wanted).status_code == 400
    assert answers(sim, contoso, item(1, "/$batch"))["1"]["status"] == 400


def test_throttled_items_stand_alone(sim: Simulator, contoso: Tenant) -> None:
    sim.fault("throttle", match={"path": "/users"}, every=2, options={"seconds": 7})
    items = [item(n, "/users?$top=1") for n in range(4)] + [item(9, "/domains")]
    found = answers(sim, contoso, *items)
    statuses = [found[str(n)]["status"] for n in range(4)]
    assert statuses == [200, 429, 200, 429]
    assert found["1"]["headers"]["Retry-After"] == "7"
    assert found["9"]["status"] == 200
