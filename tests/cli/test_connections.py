"""`pilotage connections …` and `pilotage customers check-connection`."""

from pilotage.api.schemas.connections import TenantConnectionOut
from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.kernel.ids import new_id
from tests.cast import World
from tests.cli.conftest import Pilotage


def test_list_and_check(world: World, pilotage: Pilotage) -> None:
    customer = world.add_customer()
    TenantConnection.objects.create(
        customer=customer, tenant_id=new_id(), bound_by="Ada", state=ConnectionState.REVOKED
    )
    (one,) = pilotage("connections", "list", "--state", "troubled", "--json").json
    assert set(one) == set(TenantConnectionOut.model_fields)
    assert one["state"] == "revoked"
    assert "Wide World" in pilotage("connections", "list").out
    assert pilotage("connections", "list", "--state", "connected", "--json").json == []
    asked = pilotage("customers", "check-connection", str(customer.id), "--json")
    assert asked.code == 0, asked.err
    assert asked.json["check_requested_at"]
