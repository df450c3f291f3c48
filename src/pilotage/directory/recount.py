"""Counting the seats of all customers of a partner by the rule that holds now."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.directory.seats import save_seats


def recount(partner_id: UUID) -> int:
    """Count customer by customer, each in a transaction of its own; returns how many.

    A customer that was never imported has no seats to count.
    """
    rows = Customer.objects.filter(partner_id=partner_id, last_import_at__isnull=False)
    ids = list(rows.values_list("id", flat=True))
    for customer_id in ids:
        _recount(customer_id)
    return len(ids)


@transaction.atomic
def _recount(customer_id: UUID) -> None:
    locked = Customer.objects.select_related("partner").select_for_update(of=("self",), no_key=True)
    save_seats(locked.get(id=customer_id))
