"""Seats: what a customer uses of its plan, counted from the imported licences.

The default rule: a user with at least one assigned licence uses one seat, whichever product it is
and whether or not the account may sign in. A licence of a disabled account is paid for as well.
A partner may leave out blocked accounts, and products that make no seat.
"""

from datetime import date, timedelta
from uuid import UUID

from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.directory.lists.users import IS_LICENSED
from pilotage.directory.models import SeatCount, SubscribedSku, User
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.partners.counting_rule import rules_of

DAYS = 90


def seats_used(customer: Customer) -> int:
    """How many seats there are by the rule of the customer's partner."""
    rules = rules_of([customer.partner])[customer.partner_id]
    users = User.objects.filter(IS_LICENSED, customer=customer)
    if not rules.counts_blocked:
        users = users.exclude(account_enabled=False)
    if rules.left_out:
        left_out = _sku_ids(customer, rules.left_out)
        users = users.exclude(licence_sku_ids__contained_by=left_out)
    return users.count()


def list_seats(actor: Actor, customer_id: UUID) -> list[tuple[date, int]]:
    """The seats of the last 90 days, day by day, by the partner's calendar.

    A day without an import has the number of the day before; days before the first are left out.
    Raises CustomerNotFound.
    """
    customer = get_customer(actor, customer_id)
    today = clock.day_in(clock.now(), customer.partner.time_zone)
    first = today - timedelta(days=DAYS - 1)
    counts = SeatCount.objects.filter(customer=customer)
    counted = dict(counts.filter(day__gte=first).values_list("day", "seats"))
    before = counts.filter(day__lt=first).order_by("-day").first()
    seats = before.seats if before else None
    found: list[tuple[date, int]] = []
    for days in range(DAYS):
        day = first + timedelta(days=days)
        seats = counted.get(day, seats)
        if seats is not None:
            found.append((day, seats))
    return found


def _sku_ids(customer: Customer, part_numbers: tuple[str, ...]) -> list[str]:
    """A tenant has few products, so they are compared here, in upper or lower case."""
    names = {name.lower() for name in part_numbers}
    rows = SubscribedSku.with_removed.filter(customer=customer)
    known = rows.values_list("sku_id", "sku_part_number")
    return [sku_id for sku_id, part_number in known if (part_number or "").lower() in names]


def save_seats(customer: Customer, *, is_unchanged: bool = False) -> int:
    """Count the seats and keep the number, on the customer and in the daily series.

    `is_unchanged`: nothing that is counted has changed since the number was kept, so it still
    holds; in a large tenant counting takes longer than finding out that nothing has changed.
    Call it inside the transaction that ends an import run, with the customer's row locked.
    """
    seats, now = customer.seats_used if is_unchanged else None, clock.now()
    if seats is None:
        seats = seats_used(customer)
    customer.seats_used = seats
    customer.save(update_fields=["seats_used"])
    SeatCount.objects.update_or_create(
        customer=customer,
        day=clock.day_in(now, customer.partner.time_zone),
        defaults={"seats": seats},
    )
    return seats
