"""The connection machine: one explicit table of (event, from) -> to. Plain values in and out."""

from pilotage.customers.models.tenant_connection import ConnectionState

_CONNECTED, _DEGRADED = ConnectionState.CONNECTED, ConnectionState.DEGRADED
_OUTDATED, _REVOKED = ConnectionState.CONSENT_OUTDATED, ConnectionState.REVOKED

# An outage (`fail`) tells nothing new of a consent that is known to be outdated or gone.
MOVES: dict[str, tuple[frozenset[ConnectionState], ConnectionState]] = {
    "bind": (frozenset({_DEGRADED, _OUTDATED, _REVOKED}), _CONNECTED),
    "work": (frozenset({_DEGRADED, _OUTDATED, _REVOKED}), _CONNECTED),
    "fail": (frozenset({_CONNECTED}), _DEGRADED),
    "lack_permissions": (frozenset({_CONNECTED, _DEGRADED, _REVOKED}), _OUTDATED),
    "lose_consent": (frozenset({_CONNECTED, _DEGRADED, _OUTDATED}), _REVOKED),
}
NEEDS_CONSENT = frozenset({_OUTDATED, _REVOKED})


def next_state(state: str, move: str) -> ConnectionState:
    """Where `move` leads from `state`; `state` itself where the table has no such line.

    Raises KeyError for a move that does not exist.
    """
    sources, target = MOVES[move]
    held = ConnectionState(state)
    return target if held in sources else held
