"""/customers."""

from datetime import timedelta

import pytest

from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.kernel import clock
from tests.api.conftest import Api
from tests.cast import World

NEW = {
    "organization_name": "Contoso",
    "notification_email": "admin@contoso.example",
    "sku": "essentials",
    "add_ons": ["teams-governance"],
}


def test_add_show_and_find_again(world: World, editor: Api) -> None:
    added = editor.post("/customers", NEW)
    assert (added.status, added.headers["ETag"]) == (201, '"1"')
    shown = editor.get(added.headers["Location"].removeprefix("/api/v1"))
    assert shown.body == added.body
    assert shown.body["account_type"] == "trial"
    assert shown.body["is_pending"] is True
    assert shown.body["onboarding"]["step"] == "invited"
    assert shown.body["connection"]["state"] == "none"
    customer = Customer.objects.get(id=shown.body["id"])
    assert customer.expires_at - customer.created_at == timedelta(days=14)
    assert Event.objects.get(name="customer.added").actor_kind == "token"
    listed = editor.get("/customers?pending=true&search=CONTOSO.ex").body["items"]
    assert [c["id"] for c in listed] == [shown.body["id"]]
    assert editor.get("/customers?pending=false").body["items"] == []


def test_the_allowed_actions_say_why_not(world: World, editor: Api, viewer: Api) -> None:
    customer = world.add_customer()
    actions = {
        a["name"]: a for a in editor.get(f"/customers/{customer.id}").body["allowed_actions"]
    }
    assert actions["extend_trial"]["allowed"] is True
    assert (actions["edit_customer"]["allowed"], actions["edit_customer"]["code"]) == (
        False,
        "not_production",
    )
    seen = viewer.get(f"/customers/{customer.id}").body["allowed_actions"]
    assert {a["code"] for a in seen} == {"forbidden"}


def test_an_edit_takes_only_what_it_names(world: World, editor: Api) -> None:
    customer = world.add_customer(add_ons=["teams-governance"])
    address = f"/customers/{customer.id}"
    end = (clock.now() + timedelta(days=400)).date().isoformat()
    plan = {"expires_on": end, "sku": "enterprise", "add_ons": ["backup"]}
    converted = editor.post(f"{address}/conversion", plan, if_match='"1"')
    assert (converted.status, converted.headers["ETag"]) == (200, '"2"')
    edited = editor.send("PATCH", address, {"add_ons": []}, if_match='"2"')
    assert edited.status == 200
    assert (edited.body["sku"], edited.body["add_ons"], edited.body["expires_on"]) == (
        "enterprise",
        [],
        end,
    )


def test_nobody_overwrites_what_somebody_else_changed(world: World, editor: Api) -> None:
    customer = world.add_customer()
    address = f"/customers/{customer.id}"
    assert editor.send("PATCH", address, {}).status == 428
    for stale in ('"2"', 'W/"1"', "1", "nonsense"):
        refused = editor.send("PATCH", address, {"sku": "enterprise"}, if_match=stale)
        assert (refused.status, refused.code) == (412, "version_changed"), stale
    plan = {"expires_on": "2199-01-01", "sku": "enterprise"}
    assert editor.post(f"{address}/conversion", plan, if_match='"7"').status == 412
    assert Customer.objects.get(id=customer.id).account_type == "trial"


def test_refusals_name_their_fields(world: World, editor: Api) -> None:
    wrong = {**NEW, "notification_email": "nobody", "sku": "nope"}
    refused = editor.post("/customers", wrong)
    assert refused.status == 422
    assert set(refused.body["error"]["fields"]) == {"notification_email", "sku"}
    assert refused.body["error"]["request_id"] == refused.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "field", ["partner", "state", "expires_at", "account_type", "version", "id", "source"]
)
def test_nothing_can_be_smuggled_in(world: World, editor: Api, field: str) -> None:
    refused = editor.post("/customers", {**NEW, field: "x"})
    assert (refused.status, list(refused.body["error"]["fields"])) == (422, [field])


def test_pages_hold_every_customer_once(world: World, editor: Api) -> None:
    for number in range(7):
        world.add_customer(
            organization_name=f"Org {number % 2}", notification_email=f"a{number}@x.example"
        )
    seen, cursor = [], ""
    while True:
        page = editor.get(f"/customers?limit=2&sort=-organization_name&cursor={cursor}").body
        seen += [c["id"] for c in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 7


def test_filters_tell_the_statuses_apart(world: World, editor: Api) -> None:
    active, expired, suspended = (
        world.add_customer(organization_name=n, notification_email=f"{n}@x.example")
        for n in ("active", "expired", "suspended")
    )
    Customer.objects.filter(id=expired.id).update(expires_at=clock.now())
    assert editor.post(f"/customers/{suspended.id}/suspend", {"reason": "unpaid"}).status == 200
    for status, expected in (("active", active), ("expired", expired), ("suspended", suspended)):
        items = editor.get(f"/customers?status={status}").body["items"]
        assert [(c["id"], c["status"]) for c in items] == [(str(expected.id), status)]
    resumed = editor.post(f"/customers/{suspended.id}/resume", {"reason": "unpaid"})
    assert resumed.body["status"] == "active"
    for query in ("status=nope", "source=nope", "account_type=nope", "sort=password", "limit=0"):
        assert editor.get(f"/customers?{query}").status == 422, query
