"""Read events."""

from uuid import UUID

from django.db.models import QuerySet

from pilotage.events.models import Event
from pilotage.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Event]:
    """The events that `actor` may see."""
    rows = Event.objects.all()
    if actor.customer_id is not None:
        return rows.filter(customer_id=actor.customer_id)
    return rows if actor.is_provider else rows.filter(partner_id__in=actor.partner_ids)


def list_events(
    actor: Actor, *, customer_id: UUID | None = None, name: str = ""
) -> QuerySet[Event]:
    """Events, newest first; of one customer, or of one name, or all that the actor may see."""
    rows = visible_to(actor)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    if name:
        rows = rows.filter(name=name)
    return rows.order_by("-at", "-id")
