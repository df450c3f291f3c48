"""One look at a connection: a token and GET /organization, and what follows from the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from pilotage.customers.change_connection import change_connection
from pilotage.customers.models import TenantConnection
from pilotage.customers.probe_times import AFTER_FAILURE, SECOND_LOOK, is_lasting, next_daily
from pilotage.customers.queries import find_connection, get_customer, lock_customer
from pilotage.events.record import record
from pilotage.imports.collectors.registry import ALL_PERMISSIONS, COLLECTORS
from pilotage.imports.error_catalogue import Acts, code_of, entry_for
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.graph.errors import PermissionMissing
from pilotage.microsoft.proof import prove_access
from pilotage.onboarding.jobs import queue_probe
from pilotage.onboarding.sessions import PROOF_PATIENCE

_ORGANIZATION = "Organization.Read.All"
_REQUEST_IDS = ("request_id", "trace_id", "correlation_id")


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw. `granted` is None when the token cannot be looked into."""

    granted: frozenset[str] | None = None
    error: MicrosoftError | None = None

    @property
    def missing(self) -> list[str]:
        """The permissions that some import reads with and the tenant has not granted."""
        if isinstance(self.error, PermissionMissing):
            return [_ORGANIZATION]
        if self.granted is None:
            return []
        lacking = {c.permission for c in COLLECTORS if c.permissions.isdisjoint(self.granted)}
        return sorted(lacking)


def probe(actor: Actor, customer_id: UUID) -> TenantConnection | None:
    """Look at a customer's tenant and keep what was seen; None when there is no connection.

    No transaction is open while Microsoft is asked.
    """
    connection = find_connection(get_customer(actor, customer_id))
    if connection is None:
        return None
    return _keep(actor, customer_id, connection.id, _look(connection.tenant_id))


def _look(tenant_id: UUID) -> Look:
    try:
        proof = prove_access(settings.MICROSOFT, tenant_id, lambda granted: frozenset(), None)
    except MicrosoftError as error:
        return Look(error=error)
    return Look(proof.roles if proof.is_roles_readable else None)


@transaction.atomic
def _keep(actor: Actor, customer_id: UUID, held: UUID, look: Look) -> TenantConnection | None:
    customer = lock_customer(actor, customer_id)
    connection = find_connection(customer)
    if connection is None or connection.id != held:
        # Ended, or bound anew, while Microsoft was asked: what was seen is of another one.
        return connection
    connection.customer = customer
    now = clock.now()
    connection.last_probed_at, connection.probe_requested_at = now, None
    connection.probe_due_at = next_daily(customer_id, now)
    _note_error(connection, look.error)
    if look.error is None:
        _note_permissions(actor, connection, look)
    _judge(actor, connection, look)
    connection.save()
    return connection


def _note_error(connection: TenantConnection, error: MicrosoftError | None) -> None:
    connection.last_error_code = code_of(error) if error else ""
    details = error.details if error else {}
    found = next((details[name] for name in _REQUEST_IDS if details.get(name)), "")
    connection.last_request_id = str(found)[:100]


def _note_permissions(actor: Actor, connection: TenantConnection, look: Look) -> None:
    if look.granted is None:
        return
    connection.permissions = sorted(look.granted)
    known = ALL_PERMISSIONS.union(*(c.permissions for c in COLLECTORS))
    extra = sorted(look.granted - known)
    if set(extra) - set(connection.extra):
        record(
            actor,
            "connection.extra_permissions",
            customer=connection.customer,
            message=f"Granted, though no import asks for it: {', '.join(extra)}",
            details={"extra": extra},
        )
    connection.extra = extra


def _judge(actor: Actor, connection: TenantConnection, look: Look) -> None:
    now, error = clock.now(), look.error
    is_fresh = now - connection.bound_at < PROOF_PATIENCE
    if error is not None and error.is_consent_lost:
        if not is_fresh:
            _lost(actor, connection, error)
        return
    connection.consent_lost_at = None
    if error is not None and not look.missing:
        _failed(actor, connection, error)
        return
    connection.failures, connection.failing_since = 0, None
    if not look.missing:
        _change(actor, connection, "work", "The connection to the tenant works again.")
    elif not is_fresh:
        lacking = ", ".join(look.missing)
        text = f"The consent does not cover: {lacking}. Send a new activation link."
        _change(actor, connection, "lack_permissions", text, missing=look.missing)


def _lost(actor: Actor, connection: TenantConnection, error: MicrosoftError) -> None:
    """Microsoft's servers disagree for seconds at times: two looks have to see it."""
    now, seen = clock.now(), connection.consent_lost_at
    if seen is None:
        connection.consent_lost_at = now
    if seen is None or now - seen < SECOND_LOOK:
        connection.probe_due_at = now + SECOND_LOOK
        queue_probe(connection.customer_id, at=connection.probe_due_at)
        return
    _change(actor, connection, "lose_consent", entry_for(code_of(error)).text)


def _failed(actor: Actor, connection: TenantConnection, error: MicrosoftError) -> None:
    """An outage, or a refusal by the tenant; what is ours to mend is no customer's ill health."""
    now, entry = clock.now(), entry_for(code_of(error))
    connection.probe_due_at = now + AFTER_FAILURE
    if entry.acts is Acts.PROVIDER:
        return
    connection.failures += 1
    connection.failing_since = connection.failing_since or now
    if is_lasting(connection.failures, connection.failing_since, now):
        _change(actor, connection, "fail", f"{entry.text} {entry.remedy}")


def _change(
    actor: Actor,
    connection: TenantConnection,
    move: str,
    reason: str,
    *,
    missing: Sequence[str] = (),
) -> None:
    details = {"error": connection.last_error_code, "request_id": connection.last_request_id}
    told = {name: value for name, value in details.items() if value}
    change_connection(actor, connection, move, reason=reason, missing=missing, details=told)
