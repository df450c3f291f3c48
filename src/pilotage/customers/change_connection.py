"""The only way to another connection state: the table, one event and one mail, once per change."""

from collections.abc import Mapping, Sequence

from pilotage.customers.connection_states import next_state
from pilotage.customers.mails import queue_connection_mails
from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor


def change_connection(
    actor: Actor,
    connection: TenantConnection,
    move: str,
    *,
    reason: str,
    missing: Sequence[str] = (),
    details: Mapping[str, object] | None = None,
) -> bool:
    """Move a connection by the table; whether it came to another state, or lacks other permissions.

    The caller holds the transaction and the customer's lock. A change records `connection.changed`
    and queues the mails; a new binding has its own mail, so that `bind` sends none.
    """
    before, held = ConnectionState(connection.state), sorted(connection.missing)
    after, lacking = next_state(before, move), sorted(missing)
    if after is not ConnectionState.CONSENT_OUTDATED:
        lacking = []
    elif move != "lack_permissions":
        # Nobody has looked at the permissions: what was known stays.
        lacking = held
    if after is before and lacking == held:
        return False
    connection.state, connection.missing = after, lacking
    connection.state_since, connection.state_reason = clock.now(), reason[:300]
    connection.save(update_fields=["state", "missing", "state_since", "state_reason"])
    record(
        actor,
        "connection.changed",
        customer=connection.customer,
        message=reason,
        details={
            "from": before.value,
            "to": after.value,
            "reason": reason,
            "missing": lacking,
            **(details or {}),
        },
    )
    if move != "bind":
        queue_connection_mails(connection)
    return True
