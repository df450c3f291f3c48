"""Events, SKUs, the actor."""

from typing import Any

from ninja import Schema

from pilotage.api.schemas.values import Moment


class EventActor(Schema):
    """Who did it."""

    kind: str
    id: str
    name: str


class EventOut(Schema):
    """One thing that happened."""

    id: str
    at: Moment
    name: str
    severity: str
    message: str
    actor: EventActor
    customer_id: str | None
    details: dict[str, Any]


class EventPage(Schema):
    """One page of events, newest first."""

    items: list[EventOut]
    next: str
    previous: str


class AddOnOut(Schema):
    """An add-on that fits a SKU."""

    code: str
    name: str
    description: str


class SkuOut(Schema):
    """Something that can be sold."""

    code: str
    name: str
    description: str
    seat_limit: int | None
    add_ons: list[AddOnOut]


class MeOut(Schema):
    """Who you are to the API."""

    kind: str
    id: str
    name: str
    role: str
    partner_id: str | None
    is_provider: bool
