"""Run import."""

from datetime import timedelta

import pytest

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.errors import CustomerNotFound, CustomerSuspended, CustomerTerminated
from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.checks import check_can_import
from pilotage.imports.errors import CustomerExpired, ImportAlreadyRunning, NotConnected
from pilotage.imports.models import CollectorState, ImportRun, RunPurpose, RunState
from pilotage.kernel import clock
from pilotage.kernel.errors import Forbidden
from tests.cast import World
from tests.imports.connected import connect
from tests.imports.stage import jobs


@pytest.fixture
def customer(world: World) -> Customer:
    return connect(world.add_customer())


def test_it_queues_a_run_with_its_job_and_event(world: World, customer: Customer) -> None:
    run = request_import(world.editor, customer.id)
    assert (run.state, run.number, run.attempt) == (RunState.QUEUED, 1, 1)
    assert run.requested_by == "Edda Editor"
    assert {p.state for p in run.collectors.all()} == {CollectorState.PENDING}
    assert jobs("next_import"), "a worker is woken"
    assert run.purpose == RunPurpose.ON_DEMAND
    event = Event.objects.get(name="import.requested")
    assert (event.customer_id, event.details["run_id"]) == (customer.id, str(run.id))


def test_one_at_a_time(world: World, customer: Customer) -> None:
    run = request_import(world.editor, customer.id)
    with pytest.raises(ImportAlreadyRunning) as refusal:
        request_import(world.editor, customer.id)
    assert refusal.value.details == {"run_id": str(run.id)}
    assert ImportRun.objects.count() == 1


def test_runs_are_numbered_per_customer(world: World, customer: Customer) -> None:
    first = request_import(world.editor, customer.id)
    ImportRun.objects.filter(id=first.id).update(state=RunState.FAILED)
    assert request_import(world.editor, customer.id).number == 2


def test_a_customer_without_a_tenant_is_refused(world: World, customer: Customer) -> None:
    TenantConnection.objects.update(released_at=clock.now())
    with pytest.raises(NotConnected):
        request_import(world.editor, customer.id)


def test_suspended_expired_and_terminated_customers_rest(world: World, customer: Customer) -> None:
    suspend(world.editor, customer.id, reason="unpaid")
    with pytest.raises(CustomerSuspended):
        request_import(world.editor, customer.id)
    Customer.objects.update(suspended_reasons=[], expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(CustomerExpired):
        request_import(world.editor, customer.id)
    Customer.objects.update(terminated_at=clock.now())
    with pytest.raises(CustomerTerminated):
        request_import(world.editor, customer.id)
    assert not ImportRun.objects.exists()


def test_the_menu_asks_the_same_rules(world: World, customer: Customer) -> None:
    check_can_import(customer)
    request_import(world.editor, customer.id)
    with pytest.raises(ImportAlreadyRunning):
        check_can_import(customer)


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World, customer: Customer) -> None:
    with pytest.raises(Forbidden):
        request_import(world.viewer, customer.id)
    with pytest.raises(CustomerNotFound):
        request_import(world.stranger, customer.id)
