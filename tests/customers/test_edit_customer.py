"""Edit customer."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from pilotage.customers import errors
from pilotage.customers.actions.convert_to_production import convert_to_production
from pilotage.customers.actions.edit_customer import edit_customer
from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.errors import Forbidden
from tests.cast import World

DAY = date(2027, 1, 31)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.set_to(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        yield


def production(world: World) -> Customer:
    customer = world.add_customer()
    return convert_to_production(
        world.editor, customer.id, expires_on=date(2027, 6, 30), sku="enterprise"
    )


def test_sets_date_sku_and_add_ons_and_tells_before_and_after(world: World) -> None:
    customer = production(world)
    edit_customer(
        world.editor, customer.id, expires_on=DAY, sku="education", add_ons=["teams-governance"]
    )
    customer.refresh_from_db()
    assert customer.sku.code == "education"
    assert customer.expires_at == datetime(2027, 1, 31, 22, 59, 59, tzinfo=UTC)
    event = Event.objects.get(name="customer.edited")
    assert event.details["before"]["sku"] == "enterprise"
    assert event.details["after"]["add_ons"] == ["teams-governance"]


def test_a_trial_and_a_direct_customer_are_refused(world: World) -> None:
    trial = world.add_customer()
    with pytest.raises(errors.NotProduction):
        edit_customer(world.editor, trial.id, expires_on=DAY, sku="enterprise")
    Customer.objects.filter(id=trial.id).update(account_type="production", source="direct")
    with pytest.raises(errors.SourceNotMsp):
        edit_customer(world.editor, trial.id, expires_on=DAY, sku="enterprise")


def test_a_date_that_is_over_is_refused(world: World) -> None:
    customer = production(world)
    with pytest.raises(errors.DateNotInFuture):
        edit_customer(world.editor, customer.id, expires_on=date(2026, 1, 1), sku="enterprise")


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    customer = production(world)
    with pytest.raises(Forbidden):
        edit_customer(world.viewer, customer.id, expires_on=DAY, sku="enterprise")
    with pytest.raises(errors.CustomerNotFound):
        edit_customer(world.stranger, customer.id, expires_on=DAY, sku="enterprise")
