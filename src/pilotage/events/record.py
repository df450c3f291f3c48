"""Write an event."""

from collections.abc import Mapping
from typing import Any, Protocol
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
        message=_storable(message) or kind.label,
        actor_kind=actor.kind.value,
        actor_id=actor.id[:80],
        actor_name=actor.name[:200],
        partner_id=customer.partner_id if customer else partner_id or actor.partner_id,
        customer_id=customer.id if customer else None,
        details=_storable(dict(details or {})),
    )


def _storable(value: Any) -> Any:
    """`value` without the two things that PostgreSQL cannot store: NUL and lone surrogates.

    Details quote what others have sent; an event must not fail because of it.
    """
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
