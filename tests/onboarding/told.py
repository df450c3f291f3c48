"""What the event log says about a customer."""

from pilotage.customers.models import Customer
from pilotage.events.models import Event


def events_of(customer: Customer, name: str) -> list[Event]:
    """The customer's events of that name, oldest first."""
    return list(Event.objects.filter(customer_id=customer.id, name=name).order_by("at", "id"))


def the_event(customer: Customer, name: str) -> Event:
    """The one event of that name; fails if there are none or more."""
    found = events_of(customer, name)
    assert len(found) == 1, f"{len(found)} events {name}"
    return found[0]
