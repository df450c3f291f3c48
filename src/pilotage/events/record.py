"""Write an event."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from pilotage.events.catalogue import CATALOGUE
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor


class AboutCustomer(Protocol):
    """What an event needs to know of a customer."""

    @property
    def id(self) -> UUID:
        """The customer's id."""

    @property
    def partner_id(self) -> UUID:
        """The id of the partner that manages it."""


def record(
    actor: Actor,
    name: str,
    *,
    customer: AboutCustomer | None = None,
    partner_id: UUID | None = None,
    message: str = "",
    details: Mapping[str, object] | None = None,
) -> Event:
    """Insert one event; call it inside the transaction of the change it tells about.

    `message` is one sentence for people; `details` are JSON values and never secrets.
    Raises KeyError for a name that is not in the catalogue.
    """
    kind = CATALOGUE[name]
    return Event.objects.create(
        at=clock.now(),
        name=name,
        message=message or kind.label,
        actor_kind=actor.kind.value,
        actor_id=actor.id[:80],
        actor_name=actor.name[:200],
        partner_id=customer.partner_id if customer else partner_id or actor.partner_id,
        customer_id=customer.id if customer else None,
        details=dict(details or {}),
    )
