"""Trial extensions."""

from datetime import timedelta

from pilotage.customers.models import Customer
from tests.api.conftest import Api
from tests.cast import World


def test_exactly_the_previewed_day_or_nothing(world: World, editor: Api) -> None:
    customer = world.add_customer()
    address = f"/customers/{customer.id}/trial-extensions"
    preview = editor.get(f"{address}/preview").body
    body = {"expected_end": preview["expected_end"], "reason": "They asked"}
    extended = editor.post(address, body)
    assert extended.status == 201
    assert extended.body["new_end"] == preview["new_end"]
    again = editor.post(address, body)
    assert (again.status, again.code) == (409, "end_date_changed")
    assert again.body["error"]["details"]["new_end_day"] > preview["expected_end"]
    ledger = editor.get(address).body
    assert [(row["number"], row["reason"]) for row in ledger] == [(1, "They asked")]
    now = Customer.objects.get(id=customer.id).expires_at
    assert now - customer.expires_at == timedelta(days=14)


def test_a_production_account_has_no_trial(world: World, editor: Api) -> None:
    customer = world.add_customer()
    plan = {"expires_on": "2199-01-01", "sku": "enterprise", "add_ons": []}
    assert editor.post(f"/customers/{customer.id}/conversion", plan).status == 200
    twice = editor.post(f"/customers/{customer.id}/conversion", plan)
    assert (twice.status, twice.code) == (409, "already_production")
    preview = editor.get(f"/customers/{customer.id}/trial-extensions/preview")
    assert (preview.status, preview.code) == (409, "not_a_trial")
