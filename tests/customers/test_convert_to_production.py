"""Convert to production account."""

from datetime import UTC, date, datetime

import pytest

from pilotage.customers import errors
from pilotage.customers.actions.convert_to_production import convert_to_production
from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.errors import Forbidden, Invalid
from tests.cast import World

DAY = date(2027, 6, 30)


@pytest.fixture(autouse=True)
def today() -> object:
    with clock.set_to(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        yield


def test_the_same_customer_becomes_production_until_the_end_of_the_day(world: World) -> None:
    customer = world.add_customer()
    convert_to_production(
        world.editor, customer.id, expires_on=DAY, sku="enterprise", add_ons=["backup"]
    )
    customer.refresh_from_db()
    assert (customer.account_type, customer.sku.code) == ("production", "enterprise")
    assert [a.code for a in customer.add_ons.all()] == ["backup"]
    # The end of 30 June in Berlin, which is two hours ahead of UTC in summer.
    assert customer.expires_at == datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC)
    assert customer.converted_at == clock.now()


def test_tells_one_event(world: World) -> None:
    customer = world.add_customer()
    convert_to_production(world.editor, customer.id, expires_on=DAY, sku="enterprise")
    event = Event.objects.get(name="customer.converted")
    assert (event.details["old_sku"], event.details["sku"]) == ("essentials", "enterprise")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"account_type": "production"}, errors.AlreadyProduction),
        ({"source": "direct"}, errors.SourceNotMsp),
    ],
)
def test_what_is_refused(world: World, change: dict[str, str], refusal: type[Exception]) -> None:
    customer = world.add_customer()
    Customer.objects.filter(id=customer.id).update(**change)
    with pytest.raises(refusal):
        convert_to_production(world.editor, customer.id, expires_on=DAY, sku="enterprise")


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"expires_on": date(2026, 11, 22)}, "expires_on"),
        ({"sku": "nonsense"}, "sku"),
        ({"sku": "education", "add_ons": ["backup"]}, "add_ons"),
    ],
)
def test_sku_add_ons_and_date_are_one_change(
    world: World, fields: dict[str, object], at: str
) -> None:
    customer = world.add_customer()
    with pytest.raises(Invalid) as refusal:
        convert_to_production(
            world.editor, customer.id, **{"expires_on": DAY, "sku": "enterprise", **fields}
        )
    assert at in refusal.value.fields
    customer.refresh_from_db()
    assert (customer.account_type, customer.sku.code) == ("trial", "essentials")


def test_an_old_version_is_refused(world: World) -> None:
    customer = world.add_customer()
    with pytest.raises(errors.VersionChanged):
        convert_to_production(
            world.editor, customer.id, expires_on=DAY, sku="enterprise", version=7
        )


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    customer = world.add_customer()
    with pytest.raises(Forbidden):
        convert_to_production(world.viewer, customer.id, expires_on=DAY, sku="enterprise")
    with pytest.raises(errors.CustomerNotFound):
        convert_to_production(world.stranger, customer.id, expires_on=DAY, sku="enterprise")
