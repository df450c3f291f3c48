"""Read events."""

from collections.abc import Iterable
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


_LATEST = """
    select e.* from unnest(%s::uuid[]) as wanted(id)
    cross join lateral (
        select * from events_event where customer_id = wanted.id and name <> 'mail.sent'
        order by at desc, id desc limit 1
    ) e
"""


def latest_events(actor: Actor, customer_ids: Iterable[UUID]) -> dict[UUID, Event]:
    """The newest event of each customer that the actor may see, in one query.

    That a mail went out says little of where somebody stands, so it is left out.
    One index probe for each customer: a long history costs nothing.
    """
    found = Event.objects.raw(_LATEST, [list(customer_ids)])
    return {e.customer_id: e for e in found if e.customer_id and _may_see(actor, e)}


def _may_see(actor: Actor, event: Event) -> bool:
    if actor.customer_id is not None:
        return event.customer_id == actor.customer_id
    return actor.is_provider or event.partner_id in actor.partner_ids
