"""Customers with a tenant, and runs in any state, for tests that need no Microsoft."""

from uuid import uuid4

from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.models import CollectorState, ImportRun, Phase, RunState
from pilotage.kernel import clock
from tests.cast import World


def connect(customer: Customer) -> Customer:
    """Bind a tenant that nobody will ask."""
    TenantConnection.objects.create(customer=customer, tenant_id=uuid4(), bound_by="Ada Admin")
    return customer


def ended(world: World, customer: Customer, state: RunState = RunState.FAILED) -> ImportRun:
    """A run that has ended: the first four collectors read, the users failed on page 3."""
    run = request_import(world.editor, customer.id)
    run.state, run.finished_at, run.outcome = state, clock.now(), "It ended."
    run.started_at = run.created_at
    run.save()
    for progress in run.collectors.all():
        is_users = progress.collector == "users"
        if progress.position > 3:
            continue
        progress.state = CollectorState.FAILED if is_users else CollectorState.SUCCEEDED
        progress.page_number, progress.read, progress.way = 2, 10, "paged"
        progress.phase = Phase.LISTING
        progress.save()
        if is_users:
            cursor = "https://graph.example/v1.0/users?$skiptoken=3"
            progress.chains.create(position=0, way="paged", cursor=cursor, page_number=2)
    return run
