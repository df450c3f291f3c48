"""Seats used, and their daily series."""

from datetime import UTC, date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer
from pilotage.directory.models import SeatCount, User
from pilotage.directory.recount import recount
from pilotage.directory.seats import list_seats, save_seats, seats_used
from pilotage.kernel import clock
from pilotage.partners.actions.set_counting_rule import set_counting_rule
from tests.cast import World
from tests.directory.people import imported


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
    assert seats_used(customer) == 2
    assert seats_used(other) == 1


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


def test_blocked_accounts_and_products_can_be_left_out(world: World) -> None:
    customer = imported(world)
    assert seats_used(customer) == 3
    set_counting_rule(
        world.admin, customer.partner_id, counts_blocked=True, left_out=["flow_free", "SPE_E3"]
    )
    assert seats_used(customer) == 1, "Ada has Copilot; the others have nothing that counts"
    set_counting_rule(world.admin, customer.partner_id, counts_blocked=False, left_out=[])
    assert seats_used(customer) == 2


def test_a_new_rule_is_counted_by_at_once(world: World) -> None:
    customer = imported(world)
    never = world.add_customer(organization_name="Never Imported")
    with clock.set_to(datetime(2026, 6, 2, 12, 0, tzinfo=UTC)):
        save_seats(customer)
    set_counting_rule(world.admin, customer.partner_id, counts_blocked=False, left_out=[])
    job = ProcrastinateJob.objects.get(task_name="recount_seats")
    assert job.args == {"partner_id": str(customer.partner_id)}
    assert recount(customer.partner_id) == 1
    customer.refresh_from_db()
    assert customer.seats_used == 2 and not never.seat_counts.exists()
    series = list_seats(world.viewer, customer.id)
    assert series[-1][1] == 2
    assert customer.seat_counts.get(day=date(2026, 6, 2)).seats == 3, "past days stay"


def test_days_without_an_import_have_the_number_of_the_day_before(world: World) -> None:
    customer = world.add_customer()
    today = clock.day_in(clock.now(), customer.partner.time_zone)
    for days, seats in ((200, 4), (60, 7), (1, 9)):
        SeatCount.objects.create(customer=customer, day=today - timedelta(days=days), seats=seats)
    found = dict(list_seats(world.viewer, customer.id))
    assert len(found) == 90
    assert [found[today - timedelta(days=n)] for n in (89, 61, 60, 2, 1, 0)] == [4, 4, 7, 7, 9, 9]
    assert list_seats(world.viewer, world.add_customer(organization_name="New").id) == []
    with pytest.raises(CustomerNotFound):
        list_seats(world.stranger, customer.id)
