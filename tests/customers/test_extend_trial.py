"""Extend trial."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from pilotage.customers.actions.extend_trial import extend_trial, preview_extend_trial
from pilotage.customers.errors import CustomerNotFound, EndDateChanged, NotATrial
from pilotage.customers.models import Customer, TrialExtension
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.errors import Forbidden
from tests.cast import World, build

# 23:30 UTC is the next day in Berlin, where Harbour Cloud is.
LATE = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)


def test_extends_to_the_day_that_was_shown(world: World) -> None:
    with clock.set_to(LATE):
        customer = world.add_customer()
        shown = preview_extend_trial(world.editor, customer.id)
        extension = extend_trial(
            world.editor, customer.id, expected_end=shown.new_end_day, reason=" Board meets "
        )
    assert shown.new_end_day == date(2026, 11, 30)
    customer.refresh_from_db()
    assert customer.expires_at == LATE + timedelta(days=28) == extension.new_end
    assert (extension.number, extension.old_end) == (1, LATE + timedelta(days=14))
    assert extension.reason == "Board meets"


def test_tells_one_event_with_both_dates(world: World) -> None:
    customer = world.add_customer()
    shown = preview_extend_trial(world.editor, customer.id)
    extend_trial(world.editor, customer.id, expected_end=shown.new_end_day)
    event = Event.objects.get(name="customer.trial_extended")
    assert event.details["old_end"] == shown.current_end.isoformat()
    assert event.details["new_end"] == shown.new_end.isoformat()
    assert (event.actor_name, event.customer_id) == ("Edda Editor", customer.id)


def test_an_expired_trial_runs_from_now(world: World) -> None:
    with clock.set_to(LATE):
        customer = world.add_customer()
    later = LATE + timedelta(days=20)
    with clock.set_to(later):
        shown = preview_extend_trial(world.editor, customer.id)
        extend_trial(world.editor, customer.id, expected_end=shown.new_end_day)
    customer.refresh_from_db()
    assert customer.expires_at == later + timedelta(days=14)


def test_another_date_than_shown_is_refused_and_names_the_new_one(world: World) -> None:
    customer = world.add_customer()
    shown = preview_extend_trial(world.editor, customer.id)
    with pytest.raises(EndDateChanged) as refusal:
        extend_trial(world.editor, customer.id, expected_end=shown.new_end_day + timedelta(days=1))
    assert refusal.value.details == {"new_end_day": shown.new_end_day.isoformat()}
    assert not TrialExtension.objects.exists()
    assert not Event.objects.filter(name="customer.trial_extended").exists()


def test_production_has_no_trial(world: World) -> None:
    customer = world.add_customer()
    Customer.objects.filter(id=customer.id).update(account_type="production")
    with pytest.raises(NotATrial):
        preview_extend_trial(world.editor, customer.id)


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    customer = world.add_customer()
    day = preview_extend_trial(world.editor, customer.id).new_end_day
    with pytest.raises(Forbidden):
        extend_trial(world.viewer, customer.id, expected_end=day)
    with pytest.raises(CustomerNotFound):
        extend_trial(world.stranger, customer.id, expected_end=day)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_extend_once() -> None:
    world = build()
    customer = world.add_customer()
    day = preview_extend_trial(world.editor, customer.id).new_end_day

    def submit(_: int) -> bool:
        try:
            extend_trial(world.editor, customer.id, expected_end=day)
        except EndDateChanged:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(submit, range(20)))
    assert won.count(True) == 1
    assert TrialExtension.objects.filter(customer=customer).count() == 1
