"""Seats used, and their daily series."""

from datetime import UTC, date, datetime

from pilotage.customers.models import Customer
from pilotage.directory.models import SeatCount, User
from pilotage.directory.seats import save_seats, seats_used
from pilotage.kernel import clock
from tests.cast import World


def hold(customer: Customer, user: str, *skus: str, enabled: bool = True) -> None:
    User.objects.create(
        customer=customer, id=user, account_enabled=enabled, licence_sku_ids=list(skus)
    )


def test_a_user_with_any_licence_is_one_seat(world: World) -> None:
    customer, other = world.add_customer(), world.add_customer(organization_name="Fabrikam")
    hold(customer, "u1", "e3", "visio")
    hold(customer, "u2", "e3", enabled=False)
    hold(customer, "u3")
    hold(other, "u4", "e3")
    assert seats_used(customer.id) == 2
    assert seats_used(other.id) == 1


def test_one_number_a_day_in_the_partners_time_zone(world: World) -> None:
    customer = world.add_customer()
    hold(customer, "u1", "e3")
    # Harbour Cloud is in Berlin, where the next day has begun.
    with clock.set_to(datetime(2026, 6, 1, 22, 30, tzinfo=UTC)):
        save_seats(customer)
    hold(customer, "u2", "e3")
    with clock.set_to(datetime(2026, 6, 2, 12, 0, tzinfo=UTC)):
        assert save_seats(customer) == 2
    with clock.set_to(datetime(2026, 6, 3, 12, 0, tzinfo=UTC)):
        save_seats(customer)
    series = list(SeatCount.objects.order_by("day").values_list("day", "seats"))
    assert series == [(date(2026, 6, 2), 2), (date(2026, 6, 3), 2)]
    customer.refresh_from_db()
    assert customer.seats_used == 2
