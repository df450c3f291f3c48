"""Connections over the API."""

import pytest

from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.kernel.ids import new_id
from tests.api.conftest import Api
from tests.cast import World


@pytest.fixture
def outdated(world: World) -> Customer:
    """A customer whose consent lacks the devices."""
    customer = world.add_customer()
    TenantConnection.objects.create(
        customer=customer,
        tenant_id=new_id(),
        bound_by="Ada",
        state=ConnectionState.CONSENT_OUTDATED,
        missing=["Device.Read.All"],
    )
    return customer


def test_list_filter_and_look_at_one(outdated: Customer, editor: Api, stranger: Api) -> None:
    (one,) = editor.get("/connections?state=troubled").body["items"]
    assert (one["state"], one["next_step"]) == ("consent_outdated", "send_link")
    (missing,) = one["missing"]
    assert missing["name"] == "Device.Read.All"
    assert missing["feeds"] == ["Devices"]
    assert editor.get("/connections?state=connected").body["items"] == []
    assert editor.get("/connections?state=odd").status == 422
    address = f"/customers/{outdated.id}/connection"
    assert editor.get(address).body == one
    assert stranger.get("/connections").body["items"] == []
    assert stranger.get(address).code == "customer_not_found"


def test_check(outdated: Customer, editor: Api, viewer: Api, stranger: Api) -> None:
    check = f"/customers/{outdated.id}/connection/check"
    asked = editor.post(check)
    assert asked.status == 202
    assert asked.body["check_requested_at"]
    assert viewer.post(check).status == 403
    assert stranger.post(check).code == "customer_not_found"


def test_without_a_tenant_there_is_nothing_to_check(world: World, editor: Api) -> None:
    refused = editor.post(f"/customers/{world.add_customer().id}/connection/check")
    assert (refused.status, refused.code) == (409, "not_connected")
