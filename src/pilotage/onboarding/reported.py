"""Read what an “it was not us” link is about."""

from pilotage.customers.models import TenantConnection
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.onboarding.errors import ConnectionEnded, LinkUnknown
from pilotage.onboarding.not_us_token import LIFE, connection_id_of


def get_reported_connection(token: str) -> TenantConnection:
    """The live connection that the mail told of.

    Raises LinkUnknown for a token that is wrong or older than its life, and ConnectionEnded.
    """
    rows = TenantConnection.objects.select_related("customer__partner", "customer__sku")
    connection_id = connection_id_of(token)
    connection = rows.filter(id=connection_id).first() if connection_id else None
    if connection is None or connection.bound_at + LIFE <= clock.now():
        raise LinkUnknown
    if connection.released_at:
        raise ConnectionEnded
    return connection


def reader_of(connection: TenantConnection) -> Actor:
    """Somebody who holds the mail about a connection, and sees that one customer."""
    return Actor(
        ActorKind.CUSTOMER_ADMIN,
        id="not-us link",
        name="Reader of the mail about the connection",
        role=Role.VIEWER,
        customer_id=connection.customer_id,
    )
