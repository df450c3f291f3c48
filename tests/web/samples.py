"""Customers in the states that the pages show."""

from datetime import timedelta
from uuid import uuid4

from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.actions.start_first_import import start_first_import
from pilotage.imports.models import CollectorState, ImportRun, RunError, RunState
from pilotage.kernel import clock
from pilotage.onboarding.models import Step
from tests.cast import World

HTMX = {"hx-request": "true"}


def onboarded(world: World, name: str, **changes: object) -> Customer:
    """A customer of the Customers tab."""
    customer = world.add_customer(organization_name=name)
    customer.onboarding.step = Step.COMPLETED
    customer.onboarding.save()
    customer.onboarded_at = clock.now()
    for field, value in changes.items():
        setattr(customer, field, value)
    customer.save()
    return customer


def importing(world: World, name: str) -> tuple[Customer, ImportRun]:
    """A pending customer whose first import is half-way through the users."""
    customer = world.add_customer(organization_name=name)
    TenantConnection.objects.create(
        customer=customer,
        tenant_id=uuid4(),
        tenant_name=name,
        default_domain="wideworld.example",
        bound_by="Anna Admin",
    )
    customer.onboarding.step = Step.IMPORTING
    customer.onboarding.save()
    run = start_first_import(world.editor, customer)
    run.state = RunState.RUNNING
    run.started_at = clock.now() - timedelta(seconds=30)
    run.save()
    users = run.collectors.get(collector="users")
    users.state, users.read, users.expected = CollectorState.RUNNING, 1284, 2006
    users.save()
    return customer, run


def failed(world: World, name: str) -> tuple[Customer, ImportRun]:
    """The same, but Microsoft did not answer three times and the run failed."""
    customer, run = importing(world, name)
    RunError.objects.create(
        run=run,
        collector="users",
        code="graph_unavailable",
        http_status=503,
        graph_code="serviceNotAvailable",
        request_id="0b5c8e0a-2f5e-4a3c-9f59-5f0d9d9be001",
        count=3,
    )
    run.state, run.finished_at = RunState.FAILED, clock.now()
    run.save()
    customer.onboarding.step = Step.IMPORT_FAILED
    customer.onboarding.save()
    return customer, run
