"""Nightly imports: once per customer and night, in the window, and seen when they are left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.actions.cancel_import import cancel_import
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.models import (
    CollectorState,
    ImportRun,
    NightlyTurn,
    RunKind,
    RunPurpose,
    RunState,
    WaitingReason,
)
from pilotage.imports.nightly.night import Night, night_of
from pilotage.imports.nightly.plan import plan_nightly
from pilotage.imports.nightly.upcoming import upcoming_nightly
from pilotage.imports.progress import progress_of
from pilotage.imports.queries import get_run
from pilotage.kernel import clock
from pilotage.partners.actions.set_import_window import set_import_window
from tests.cast import World
from tests.imports.connected import connect

# Ahead of us, so that nothing is older than what it is compared with.
TONIGHT = night_of((clock.now() + timedelta(days=1)).date(), time(1), time(5), "Europe/Berlin")
MINUTE = timedelta(minutes=1)
# Customers get their ids by chance, so one's moment may be at the very end of the window.
TICK = timedelta(microseconds=1)


@pytest.fixture
def customer(world: World) -> Customer:
    """A connected customer in production, on board for a day."""
    found = connect(world.add_customer())
    found.onboarded_at = clock.now() - timedelta(days=1)
    found.expires_at = clock.now() + timedelta(days=300)
    found.save()
    # The night before was decided, as every night is once the planner runs.
    before = TONIGHT.date - timedelta(days=1)
    NightlyTurn.objects.create(customer=found, night=before)
    return found


def later(days: int) -> Night:
    return night_of(TONIGHT.date + timedelta(days=days), time(1), time(5), "Europe/Berlin")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.set_to(moment):
        plan_nightly()
        yield


def nightly() -> list[ImportRun]:
    return list(ImportRun.objects.filter(purpose=RunPurpose.NIGHTLY).order_by("number"))


def test_it_starts_at_the_customers_moment_and_once(world: World, customer: Customer) -> None:
    moment = TONIGHT.moment_of(customer.id)
    with at(moment - MINUTE):
        assert not nightly()
        assert upcoming_nightly(world.viewer, customer).at == moment
    for ticks in range(5):
        with at(moment + ticks * TICK):
            (run,) = nightly()
    assert (run.kind, run.state, run.night) == (RunKind.DELTA, RunState.QUEUED, TONIGHT.date)
    assert run.requested_by == "Nightly window"
    event = Event.objects.get(name="import.requested")
    assert (event.actor_kind, event.customer_id) == ("system", customer.id)
    ImportRun.objects.update(state=RunState.SUCCEEDED, finished_at=moment + 2 * MINUTE)
    with at(moment + 9 * MINUTE):
        assert len(nightly()) == 1
        assert upcoming_nightly(world.viewer, customer).at == later(1).moment_of(customer.id)
    with at(later(1).moment_of(customer.id)):
        assert [run.night for run in nightly()] == [TONIGHT.date, later(1).date]


def test_a_worker_that_was_down_starts_it_while_the_window_is_open(customer: Customer) -> None:
    with at(TONIGHT.closes - TICK):
        assert [run.night for run in nightly()] == [TONIGHT.date]


def test_after_the_window_it_is_skipped_and_seen_once(customer: Customer) -> None:
    for minutes in range(3):
        with at(TONIGHT.closes + minutes * MINUTE):
            assert not nightly()
    event = Event.objects.get(name="import.skipped")
    assert event.customer_id == customer.id
    assert "no worker was running between 01:00 and 05:00" in event.message
    with at(later(1).closes - TICK):
        assert [run.night for run in nightly()] == [later(1).date]


def test_what_was_not_there_yet_is_not_skipped(world: World, customer: Customer) -> None:
    NightlyTurn.objects.all().delete()
    with at(TONIGHT.closes):
        assert not Event.objects.filter(name="import.skipped").exists(), "just installed"
    with clock.set_to(later(1).closes - TICK):
        set_import_window(
            world.admin, world.harbour.id, is_enabled=True, opens=time(1), closes=time(4, 59)
        )
    with at(later(1).closes):
        assert not Event.objects.filter(name="import.skipped").exists(), "the window is new"
    Customer.objects.update(onboarded_at=later(2).closes - TICK)
    with at(later(2).closes - TICK):
        assert not nightly(), "it was imported just now"


@pytest.mark.parametrize(
    "change",
    [
        {"suspended_reasons": ["unpaid"]},
        {"expires_at": TONIGHT.opens},
        {"terminated_at": TONIGHT.opens},
        {"onboarded_at": None},
    ],
    ids=str,
)
def test_customers_that_rest_are_left_alone(customer: Customer, change: dict[str, object]) -> None:
    Customer.objects.update(**change)
    with at(TONIGHT.closes - TICK):
        assert not nightly()
    with at(TONIGHT.closes + MINUTE):
        assert not Event.objects.filter(name="import.skipped").exists()


def test_without_a_connection_or_a_window_there_is_none(world: World, customer: Customer) -> None:
    TenantConnection.objects.update(state="revoked")
    with at(TONIGHT.closes - TICK):
        assert not nightly()
        assert "consents again" in upcoming_nightly(world.viewer, customer).reason
    TenantConnection.objects.update(state="connected")
    set_import_window(
        world.admin, world.harbour.id, is_enabled=False, opens=time(1), closes=time(5)
    )
    with at(TONIGHT.closes - TICK):
        assert not nightly()
        assert upcoming_nightly(world.viewer, customer).reason == "Nightly imports are off"


def test_another_import_at_work_counts_for_the_night(world: World, customer: Customer) -> None:
    run = request_import(world.editor, customer.id)
    with at(TONIGHT.moment_of(customer.id)):
        assert not nightly()
    cancel_import(world.editor, run.id)
    with at(TONIGHT.closes - TICK):
        assert not nightly()


def test_what_did_not_begin_waits_for_the_next_window(world: World, customer: Customer) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        (run,) = nightly()
    with at(TONIGHT.closes):
        run = get_run(world.viewer, run.id)
    assert (run.state, run.waiting_reason) == (RunState.WAITING, WaitingReason.WINDOW)
    assert (run.waiting_until, run.night) == (later(1).opens, later(1).date)
    assert progress_of(run).waiting.startswith("The import window is closed; goes on at ")
    assert Event.objects.get(name="import.waiting").details["reason"] == "window"
    woken = ProcrastinateJob.objects.filter(task_name="next_import").latest("id")
    assert woken.scheduled_at == later(1).opens + timedelta(seconds=1)
    with at(later(1).moment_of(customer.id)):
        assert len(nightly()) == 1, "it is that night's run now"
    with clock.set_to(later(1).closes - TICK):
        assert upcoming_nightly(world.viewer, customer).at == later(1).opens


def test_what_has_begun_is_read_to_its_end(customer: Customer) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        ImportRun.objects.update(started_at=clock.now())
    with at(TONIGHT.closes):
        assert nightly()[0].state == RunState.QUEUED


def test_whoever_asks_for_an_import_gets_it_now(world: World, customer: Customer) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        pass
    wanted = request_import(world.editor, customer.id)
    (before,) = nightly()
    assert (before.state, wanted.purpose) == (RunState.CANCELED, RunPurpose.ON_DEMAND)
    assert "in its place" in before.outcome


def test_switching_nightly_imports_off_ends_what_waits(world: World, customer: Customer) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        set_import_window(
            world.admin, world.harbour.id, is_enabled=False, opens=time(1), closes=time(5)
        )
    with at(TONIGHT.closes - TICK):
        assert nightly()[0].outcome == "Nightly imports were switched off"


def test_a_moved_window_moves_what_waits(world: World, customer: Customer) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        pass
    with at(TONIGHT.closes):
        set_import_window(
            world.admin, world.harbour.id, is_enabled=True, opens=time(1), closes=time(9)
        )
    with at(TONIGHT.closes + MINUTE):
        (run,) = nightly()
    assert (run.state, run.waiting_until) == (RunState.QUEUED, None)


def test_partners_have_their_own_nights(world: World, customer: Customer) -> None:
    new_york = datetime(TONIGHT.date.year, TONIGHT.date.month, TONIGHT.date.day, 9, 59, tzinfo=UTC)
    Customer.objects.update(partner=world.other)
    with at(TONIGHT.opens + MINUTE):
        assert not nightly()
    with at(new_york):
        assert len(nightly()) == 1


@pytest.mark.django_db(transaction=True)
def test_several_planners_at_once_start_it_once(world: World, customer: Customer) -> None:
    start = Barrier(3)

    def plan() -> None:
        try:
            start.wait(10)
            with clock.set_to(TONIGHT.closes - TICK):
                plan_nightly()
        finally:
            connections.close_all()

    planners = [Thread(target=plan) for _ in range(3)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join(30)
    assert len(nightly()) == 1
    assert Event.objects.filter(name="import.requested").count() == 1


def test_a_suspended_customers_import_is_not_planned_anew(world: World, customer: Customer) -> None:
    suspend(world.editor, customer.id, reason="unpaid")
    assert upcoming_nightly(world.viewer, Customer.objects.get()).reason.startswith("Rests")
    assert upcoming_nightly(world.stranger, customer).at is None


def test_what_has_no_changes_is_read_every_third_night(world: World, customer: Customer) -> None:
    skipped = {"app_role_assignments", "sign_in_activity"}
    read: list[set[str]] = []
    for day in range(4):
        moment = later(day).moment_of(customer.id)
        with at(moment):
            run = nightly()[-1]
            names = set(run.collectors.values_list("collector", flat=True))
            read.append(skipped & names)
            assert set(progress_of(run).not_tonight) == skipped - names
            run.collectors.update(state=CollectorState.SUCCEEDED, finished_at=clock.now())
            ImportRun.objects.filter(id=run.id).update(
                state=RunState.SUCCEEDED, finished_at=clock.now()
            )
    assert read == [skipped, set(), set(), skipped]


def test_what_did_not_come_through_is_read_the_next_night(world: World, customer: Customer) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        (run,) = nightly()
        run.collectors.update(state=CollectorState.SUCCEEDED, finished_at=clock.now())
        run.collectors.filter(collector="sign_in_activity").update(state=CollectorState.SKIPPED)
        ImportRun.objects.filter(id=run.id).update(
            state=RunState.PARTIALLY_SUCCEEDED, finished_at=clock.now()
        )
    with at(later(1).moment_of(customer.id)):
        run = nightly()[-1]
        assert progress_of(run).not_tonight == ["app_role_assignments"]
        assert "every 3 nights" in progress_of(run).left_to_another_night


def test_what_was_not_reached_by_a_run_that_broke_is_read_the_next_night(
    world: World, customer: Customer
) -> None:
    for day, state in enumerate((RunState.SUCCEEDED, RunState.FAILED)):
        with at(later(3 * day).moment_of(customer.id)):
            run = nightly()[-1]
            if state == RunState.SUCCEEDED:
                run.collectors.update(state=CollectorState.SUCCEEDED, finished_at=clock.now())
            ImportRun.objects.filter(id=run.id).update(state=state, finished_at=clock.now())
    with at(later(4).moment_of(customer.id)):
        assert progress_of(nightly()[-1]).not_tonight == []


def test_a_run_on_demand_and_a_retry_read_what_they_should(
    world: World, customer: Customer
) -> None:
    with at(TONIGHT.moment_of(customer.id)):
        (first,) = nightly()
        first.collectors.update(state=CollectorState.SUCCEEDED, finished_at=clock.now())
        ImportRun.objects.filter(id=first.id).update(
            state=RunState.SUCCEEDED, finished_at=clock.now()
        )
    with at(later(1).moment_of(customer.id)):
        second = nightly()[-1]
        assert second.collectors.count() == len(COLLECTORS) - 2
        ImportRun.objects.filter(id=second.id).update(
            state=RunState.FAILED, finished_at=clock.now()
        )
        again = retry_import(world.editor, second.id)
        assert again.collectors.count() == len(COLLECTORS) - 2
        cancel_import(world.editor, again.id)
        assert request_import(world.editor, customer.id).collectors.count() == len(COLLECTORS)
