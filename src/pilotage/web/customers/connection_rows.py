"""A connection as a row of the worklist or the card of a customer's page."""

from collections.abc import Sequence
from dataclasses import dataclass

from pilotage.customers.allowed_actions import judge
from pilotage.customers.connections import DISCONNECTED
from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.kernel.actor import Actor
from pilotage.onboarding.allowed_actions import ACTIONS
from pilotage.onboarding.connections import ShownConnection

_PILLS = {
    ConnectionState.CONNECTED.value: ("ok", "Connected"),
    ConnectionState.DEGRADED.value: ("warn", "Degraded"),
    ConnectionState.CONSENT_OUTDATED.value: ("warn", "Consent outdated"),
    ConnectionState.REVOKED.value: ("bad", "Consent revoked"),
    DISCONNECTED: ("still", "Disconnected"),
}
_OFFERED = ("probe_connection", "resend_activation_link", "copy_activation_link")
_ASKED = tuple(action for action in ACTIONS if action.name in _OFFERED)


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One connection and what this person may do about it now."""

    shown: ShownConnection
    may: frozenset[str]
    why_not: str

    @property
    def connection(self) -> TenantConnection:
        """The row in the database."""
        return self.shown.connection

    @property
    def kind(self) -> str:
        """The style of the state's pill."""
        return _PILLS[self.shown.state][0]

    @property
    def label(self) -> str:
        """The state for people."""
        return _PILLS[self.shown.state][1]

    @property
    def is_checking(self) -> bool:
        """Whether the worker has been asked and has not answered yet."""
        return self.connection.probe_requested_at is not None

    @property
    def can_send(self) -> bool:
        """Whether a new activation link can be sent, and would help."""
        return self.shown.next_step == "send_link" and "resend_activation_link" in self.may

    @property
    def can_copy(self) -> bool:
        """Whether a link that still works waits for its admin."""
        return self.shown.next_step == "send_link" and "copy_activation_link" in self.may

    @property
    def can_check(self) -> bool:
        """Whether there is a tenant to look at."""
        return "probe_connection" in self.may and not self.is_checking


def connection_rows(actor: Actor, rows: Sequence[TenantConnection]) -> list[ConnectionRow]:
    """Rows that came with their customers."""
    return [connection_row(actor, ShownConnection(row)) for row in rows]


def connection_row(actor: Actor, shown: ShownConnection) -> ConnectionRow:
    """One row with what is allowed now."""
    found = {one.name: one for one in judge(_ASKED, actor, shown.connection.customer)}
    why_not = found["resend_activation_link"].reason if shown.next_step == "send_link" else ""
    return ConnectionRow(shown, frozenset(n for n, one in found.items() if one.allowed), why_not)
