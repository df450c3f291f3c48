"""Whether a customer may be imported now; asked by the actions, the menu and the running job."""

from uuid import UUID

from pilotage.customers.errors import CustomerSuspended, CustomerTerminated
from pilotage.customers.lifecycle import Status, status_of
from pilotage.customers.models import Customer, TenantConnection
from pilotage.customers.queries import find_connection
from pilotage.imports.errors import CustomerExpired, ImportAlreadyRunning, NotConnected
from pilotage.imports.models import ImportRun
from pilotage.imports.models.import_run import UNFINISHED
from pilotage.imports.unbegun import is_unbegun_nightly
from pilotage.kernel import clock


def check_customer(customer: Customer) -> None:
    """Raise CustomerTerminated, CustomerSuspended or CustomerExpired if its imports rest."""
    status = status_of(customer.terms, clock.now())
    if status is Status.TERMINATED:
        raise CustomerTerminated
    if status is Status.SUSPENDED:
        raise CustomerSuspended
    if status is Status.EXPIRED:
        raise CustomerExpired


def get_live_connection(customer: Customer) -> TenantConnection:
    """The tenant to read; raises NotConnected.

    A connection whose consent was revoked counts: asking again is how one finds out that it holds.
    """
    connection = find_connection(customer)
    if connection is None:
        raise NotConnected
    return connection


def find_unfinished(customer_id: UUID) -> ImportRun | None:
    """The run that is queued, running or waiting, if there is one."""
    return ImportRun.objects.filter(customer_id=customer_id, state__in=UNFINISHED).first()


def check_can_import(customer: Customer) -> None:
    """Raise what `request_import` would raise, of a customer the actor has been given already.

    A nightly run that has not begun is no obstacle: `give_place` ends it.
    """
    check_customer(customer)
    get_live_connection(customer)
    running = find_unfinished(customer.id)
    if running is not None and not is_unbegun_nightly(running):
        raise ImportAlreadyRunning(details={"run_id": str(running.id)})
