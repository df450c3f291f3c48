"""Seats: what a customer uses of its plan, counted from the imported licences.

The default rule: a user with at least one assigned licence uses one seat, whichever product it is
and whether or not the account may sign in. A licence of a disabled account is paid for as well.
"""

from uuid import UUID

from pilotage.customers.models import Customer
from pilotage.directory.models import SeatCount, User
from pilotage.kernel import clock


def seats_used(customer_id: UUID) -> int:
    """How many users hold at least one licence that counts."""
    users = User.objects.filter(customer_id=customer_id)
    return users.filter(licence_sku_ids__len__gt=0).count()


def save_seats(customer: Customer) -> int:
    """Count the seats and keep the number, on the customer and in the daily series.

    Call it inside the transaction that ends an import run, with the customer's row locked.
    """
    seats, now = seats_used(customer.id), clock.now()
    customer.seats_used = seats
    customer.save(update_fields=["seats_used"])
    SeatCount.objects.update_or_create(
        customer=customer,
        day=clock.day_in(now, customer.partner.time_zone),
        defaults={"seats": seats},
    )
    return seats
