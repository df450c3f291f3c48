"""Read connections: every customer's live one, or how its last one ended."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.customers.queries import visible_to
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import NotFound, invalid

DISCONNECTED = "disconnected"
TROUBLED = "troubled"
STATES = (TROUBLED, *ConnectionState.values, DISCONNECTED)


class ConnectionNotFound(NotFound):
    """This customer was never connected to a tenant, or it is not yours to see."""


def list_connections(actor: Actor, *, state: str = "") -> QuerySet[TenantConnection]:
    """One row for each customer that is or was connected, and is not terminated.

    `state` is a state of the machine, "disconnected" (ended and not followed by another), or
    "troubled" for all that is not connected; "" is all. Raises Invalid for another one.
    """
    if state and state not in STATES:
        raise invalid("state", f"Choose one of: {', '.join(STATES)}.")
    live = TenantConnection.objects.filter(released_at=None)
    rows = _latest(actor).select_related("customer__partner", "customer__sku")
    rows = rows.prefetch_related(
        Prefetch("customer__connections", live, to_attr="live_connections")
    )
    if state == DISCONNECTED:
        return rows.filter(released_at__isnull=False)
    if state == TROUBLED:
        is_well = Q(released_at=None, state=ConnectionState.CONNECTED)
        return rows.exclude(is_well)
    return rows.filter(released_at=None, state=state) if state else rows


def get_connection(actor: Actor, customer_id: UUID) -> TenantConnection:
    """The customer's row of that list; raises ConnectionNotFound."""
    found = list_connections(actor).filter(customer_id=customer_id).first()
    if found is None:
        raise ConnectionNotFound
    return found


def shown_state(connection: TenantConnection) -> str:
    """The state, with the end of a connection as one of its own."""
    return DISCONNECTED if connection.released_at else str(connection.state)


def _latest(actor: Actor) -> QuerySet[TenantConnection]:
    customers = visible_to(actor).filter(terminated_at=None, onboarding_canceled_at=None)
    later = TenantConnection.objects.filter(
        Q(released_at=None) | Q(released_at__gt=OuterRef("released_at")),
        customer=OuterRef("customer"),
    )
    ended_last = Q(released_at__isnull=False) & ~Exists(later)
    rows = TenantConnection.objects.filter(customer__in=customers)
    return rows.filter(Q(released_at=None) | ended_last)
