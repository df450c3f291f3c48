"""End a connection: nothing is read any more, and only a new link connects again."""

from pilotage.customers.models import TenantConnection
from pilotage.imports.actions.cancel_import import stop_unfinished_import
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.onboarding.locked import Locked
from pilotage.onboarding.move import move
from pilotage.onboarding.steps import can_move


def release(actor: Actor, locked: Locked, connection: TenantConnection, why: str) -> None:
    """Release the tenant and stop its import; the caller holds the transaction and tells why.

    What was imported stays until its retention ends.
    """
    stop_unfinished_import(actor, locked.customer, why)
    connection.released_at = connection.state_since = clock.now()
    connection.state_reason = why[:300]
    connection.save(update_fields=["released_at", "state_since", "state_reason"])
    # Only a new link, which the partner has to send, may connect again; visits end as well.
    locked.link.revoked_at = connection.released_at
    locked.link.save(update_fields=["revoked_at"])
    locked.onboarding.forget_approval()
    locked.onboarding.save()
    if can_move(locked.onboarding.step, "disconnect"):
        move(locked.onboarding, "disconnect")
