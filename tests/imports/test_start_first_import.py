"""The first import begins by itself."""

import pytest

from pilotage.customers.models import TenantConnection
from pilotage.events.models import Event
from pilotage.imports.actions.start_first_import import start_first_import
from pilotage.imports.errors import NotConnected
from pilotage.imports.models import ImportRun
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, ActorKind, Role
from tests.cast import World
from tests.imports.connected import connect
from tests.imports.stage import jobs


def test_the_customers_admin_starts_it_and_twice_is_once(world: World) -> None:
    customer = connect(world.add_customer())
    admin = Actor(
        ActorKind.CUSTOMER_ADMIN, "oid", "Ada Admin", Role.VIEWER, customer_id=customer.id
    )
    run = start_first_import(admin, customer)
    assert start_first_import(admin, customer).id == run.id
    assert ImportRun.objects.get().requested_by == "Ada Admin"
    assert jobs("next_import"), "a worker is woken"
    assert Event.objects.get(name="import.requested").actor_kind == "customer_admin"


def test_without_a_tenant_there_is_nothing_to_import(world: World) -> None:
    customer = connect(world.add_customer())
    TenantConnection.objects.update(released_at=clock.now())
    with pytest.raises(NotConnected):
        start_first_import(world.editor, customer)
