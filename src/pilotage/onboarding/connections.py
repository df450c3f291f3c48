"""Connections in words: what is granted, what is missing and why it is asked for, what to do."""

from dataclasses import dataclass
from typing import Any

from pilotage.customers.as_json import iso
from pilotage.customers.connections import DISCONNECTED, shown_state
from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.error_catalogue import entry_for
from pilotage.onboarding.permissions import PermissionInWords, permissions_in_words

SEND_LINK, CHECK, NOTHING = "send_link", "check", "nothing"
_NEXT = {
    ConnectionState.CONNECTED.value: NOTHING,
    ConnectionState.DEGRADED.value: CHECK,
    ConnectionState.CONSENT_OUTDATED.value: SEND_LINK,
    ConnectionState.REVOKED.value: SEND_LINK,
    DISCONNECTED: SEND_LINK,
}


@dataclass(frozen=True, slots=True)
class ShownConnection:
    """One connection for page, API and command line."""

    connection: TenantConnection

    @property
    def state(self) -> str:
        """The state, or "disconnected"."""
        return shown_state(self.connection)

    @property
    def label(self) -> str:
        """The same for people."""
        return "Disconnected" if self.state == DISCONNECTED else ConnectionState(self.state).label

    @property
    def next_step(self) -> str:
        """What to do: send_link, check or nothing."""
        return _NEXT[self.state]

    @property
    def granted(self) -> list[PermissionInWords]:
        """What is granted of what the imports ask for; a broader permission counts."""
        held = set(self.connection.permissions)
        covered = {c.permission for c in COLLECTORS if not c.permissions.isdisjoint(held)}
        return [one for one in permissions_in_words() if one.name in covered]

    @property
    def missing(self) -> list[PermissionInWords]:
        """What is asked for and lacks; a permission no import asks for any more is left out."""
        return [one for one in permissions_in_words() if one.name in self.connection.missing]

    @property
    def error_text(self) -> str:
        """What the last look met with, and what to do; "" if nothing."""
        if not self.connection.last_error_code:
            return ""
        entry = entry_for(self.connection.last_error_code)
        return f"{entry.text} {entry.remedy}"

    @property
    def error_more(self) -> str:
        """`error_text` without what the state's reason says already."""
        return self.error_text.removeprefix(self.connection.state_reason).strip()


def connection_as_json(connection: TenantConnection) -> dict[str, Any]:
    """One connection; times are ISO 8601 in UTC."""
    shown = ShownConnection(connection)
    return {
        "customer_id": str(connection.customer_id),
        "organization_name": connection.customer.organization_name,
        "state": shown.state,
        "since": connection.state_since.isoformat(),
        "reason": connection.state_reason,
        "next_step": shown.next_step,
        "tenant_id": str(connection.tenant_id),
        "tenant_name": connection.tenant_name,
        "default_domain": connection.default_domain,
        "bound_at": connection.bound_at.isoformat(),
        "granted": list(connection.permissions),
        "missing": [_permission(one) for one in shown.missing],
        "extra": list(connection.extra),
        "check_requested_at": iso(connection.probe_requested_at),
        "last_checked_at": iso(connection.last_probed_at),
        "next_check_at": iso(None if connection.released_at else connection.probe_due_at),
        "last_error": _error(shown),
    }


def _permission(one: PermissionInWords) -> dict[str, Any]:
    return {"name": one.name, "title": one.title, "feeds": list(one.feeds), "why": list(one.why)}


def _error(shown: ShownConnection) -> dict[str, str] | None:
    held = shown.connection
    if not held.last_error_code:
        return None
    return {
        "code": held.last_error_code,
        "text": shown.error_text,
        "request_id": held.last_request_id,
    }
