"""Report binding: whoever got the mail about a connection says that it was not them."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.kernel.actor import Actor
from pilotage.onboarding.errors import ConnectionEnded
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.mails import queue_reported_mails
from pilotage.onboarding.release import release


@transaction.atomic
def report_binding(actor: Actor, customer_id: UUID, connection_id: UUID) -> Customer:
    """End the connection at once and tell both sides; a new link can connect again.

    Rather a connection too many ended than one too few: nothing is lost by it. Raises
    ConnectionEnded if there is another connection by now, or none.
    """
    locked = lock_onboarding(actor, customer_id)
    connection = find_connection(locked.customer)
    if connection is None or connection.id != connection_id:
        raise ConnectionEnded
    release(actor, locked, connection, "The connection was reported: it was not them")
    record(
        actor,
        "tenant.binding_reported",
        customer=locked.customer,
        message=(
            f"“It was not us”: the connection to {connection.tenant_name or connection.tenant_id}"
            f" by {connection.bound_by} was reported and ended"
        ),
        details={"tenant_id": str(connection.tenant_id), "bound_by": connection.bound_by},
    )
    queue_reported_mails(connection)
    return locked.customer
