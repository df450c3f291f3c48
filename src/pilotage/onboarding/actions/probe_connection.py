"""Check connection: look at the customer's tenant now instead of at its daily moment."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import TenantConnection
from pilotage.customers.queries import lock_customer
from pilotage.events.record import record
from pilotage.imports.checks import get_live_connection
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding.checks import check_can_probe
from pilotage.onboarding.jobs import queue_probe


@transaction.atomic
def probe_connection(actor: Actor, customer_id: UUID) -> TenantConnection:
    """Queue a look; the worker does it, because the credential is there only.

    Asking again while one waits changes nothing. Raises NotConnected or CustomerTerminated.
    """
    actor.require(Role.EDITOR)
    customer = lock_customer(actor, customer_id)
    check_can_probe(customer)
    connection = get_live_connection(customer)
    connection.customer = customer
    if connection.probe_requested_at is None:
        connection.probe_requested_at = clock.now()
        connection.save(update_fields=["probe_requested_at"])
        record(actor, "connection.check_requested", customer=customer)
    queue_probe(customer_id)
    return connection
