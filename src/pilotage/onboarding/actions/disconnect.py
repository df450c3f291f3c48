"""Disconnect: the customer's admin ends the connection from the activation page."""

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.imports.actions.cancel_import import stop_unfinished_import
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.errors import OutOfOrder, WrongTenant
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.mails import queue_disconnected_mails
from pilotage.onboarding.models import ActivationSession
from pilotage.onboarding.move import move
from pilotage.onboarding.sessions import require_sign_in
from pilotage.onboarding.steps import can_move


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
    stop_unfinished_import(actor, locked.customer, "Disconnected by the customer's admin")
    connection.released_at = connection.state_since = clock.now()
    connection.state_reason = f"Disconnected by {actor.name}"[:300]
    connection.save(update_fields=["released_at", "state_since", "state_reason"])
    # Only a new link, which the partner has to send, may connect again; visits end as well.
    locked.link.revoked_at = connection.released_at
    locked.link.save(update_fields=["revoked_at"])
    locked.onboarding.forget_approval()
    locked.onboarding.save()
    if can_move(locked.onboarding.step, "disconnect"):
        move(locked.onboarding, "disconnect")
    record(
        actor,
        "activation.disconnected",
        customer=locked.customer,
        message=f"Disconnected by {actor.name}",
        details={"tenant_id": str(connection.tenant_id)},
    )
    queue_disconnected_mails(connection)
    return locked.customer
