"""Disconnect: the customer's admin ends the connection from the activation page."""

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.kernel.actor import Actor
from pilotage.onboarding.errors import OutOfOrder, WrongTenant
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.mails import queue_disconnected_mails
from pilotage.onboarding.models import ActivationSession
from pilotage.onboarding.release import release
from pilotage.onboarding.sessions import require_sign_in


@transaction.atomic
def disconnect(actor: Actor, session: ActivationSession) -> Customer:
    """Release the tenant and stop its import; nothing is read from then on.

    Only for an admin of that very tenant who has signed in. What was imported stays until its
    retention ends; a new link can connect again. Raises OutOfOrder or WrongTenant.
    """
    require_sign_in(session)
    locked = lock_onboarding(actor, session.link.customer_id)
    connection = find_connection(locked.customer)
    if connection is None:
        raise OutOfOrder("There is no connection to end.")
    if connection.tenant_id != session.admin_tenant_id:
        raise WrongTenant
    release(actor, locked, connection, "Disconnected by the customer's admin")
    record(
        actor,
        "activation.disconnected",
        customer=locked.customer,
        message=f"Disconnected by {actor.name}",
        details={"tenant_id": str(connection.tenant_id)},
    )
    queue_disconnected_mails(connection)
    return locked.customer
