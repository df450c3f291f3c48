"""The one transaction in which a proven tenant becomes the customer's."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from pilotage.customers.change_connection import change_connection
from pilotage.customers.models import TenantConnection
from pilotage.customers.probe_times import next_daily
from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.imports.actions.start_first_import import start_first_import
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.microsoft.proof import Proof
from pilotage.onboarding.clean import foreign_text
from pilotage.onboarding.errors import TenantTaken, WrongTenant
from pilotage.onboarding.locked import Locked
from pilotage.onboarding.mails import queue_bound_mails
from pilotage.onboarding.move import move, stop_waiting
from pilotage.onboarding.steps import can_move


@dataclass(frozen=True, slots=True)
class BoundBy:
    """Who bound the tenant: the admin, or the provider's operator."""

    name: str
    oid: UUID | None = None
    token_uti_sha256: str = ""


def bind_tenant(actor: Actor, locked: Locked, proof: Proof, by: BoundBy) -> TenantConnection:
    """Claim, onboarding, events, mails and import; the caller holds the transaction.

    A live connection to the same tenant is renewed. Raises TenantTaken when another customer's
    claim was first (the unique index decides), and WrongTenant while the customer is connected to
    another tenant.
    """
    connection = _claim(locked, proof, by)
    # Whoever else was waiting for approval is no longer waited for.
    locked.onboarding.forget_approval()
    locked.onboarding.save()
    if can_move(locked.onboarding.step, "start_import"):
        move(locked.onboarding, "start_import")
    else:
        stop_waiting(locked.onboarding)
    facts = {
        "tenant_id": str(proof.tenant_id),
        "tenant_name": connection.tenant_name,
        "domain": connection.default_domain,
        "permissions": sorted(proof.roles),
        "admin_oid": str(by.oid) if by.oid else None,
        "token_uti_sha256": by.token_uti_sha256,
    }
    record(actor, "consent.granted", customer=locked.customer, details=facts)
    told = f"{by.name} has given the consent anew."
    change_connection(actor, connection, "bind", reason=told)
    record(
        actor,
        "tenant.bound",
        customer=locked.customer,
        message=f"Connected to {connection.tenant_name or proof.tenant_id} by {by.name}",
        details=facts,
    )
    queue_bound_mails(connection)
    start_first_import(actor, locked.customer)
    return connection


def _claim(locked: Locked, proof: Proof, by: BoundBy) -> TenantConnection:
    held = find_connection(locked.customer)
    connection = held or TenantConnection(customer=locked.customer, tenant_id=proof.tenant_id)
    if connection.tenant_id != proof.tenant_id:
        raise WrongTenant
    connection.tenant_name = foreign_text(proof.display_name, 256)
    connection.default_domain = foreign_text(proof.default_domain or proof.initial_domain, 253)
    connection.permissions = sorted(proof.roles)
    connection.bound_at = clock.now()
    connection.bound_by = by.name[:200]
    connection.bound_by_oid = by.oid
    connection.token_uti_sha256 = by.token_uti_sha256
    _forget_old_looks(connection)
    try:
        with transaction.atomic():
            connection.save()
            return connection
    except IntegrityError as error:
        raise TenantTaken from error


def _forget_old_looks(connection: TenantConnection) -> None:
    connection.failures, connection.failing_since = 0, None
    connection.consent_lost_at = None
    connection.last_error_code = connection.last_request_id = ""
    connection.probe_due_at = next_daily(connection.customer_id, clock.now())
