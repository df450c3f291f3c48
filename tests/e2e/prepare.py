"""Run by the stack in a process of its own: the cast, in the database of the browser tests."""

import os
from datetime import timedelta

import django

IMPORTED = "Fourth Coffee"


def main() -> None:
    """Insert the cast, all set up, and a customer with an imported tenant."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
    django.setup()
    from pilotage.customers.models import Customer
    from pilotage.kernel import clock
    from pilotage.partners.models import Operator
    from tests.cast import build
    from tests.directory.people import imported, tell_sign_ins

    customer = imported(build(), IMPORTED)
    Customer.objects.filter(id=customer.id).update(onboarded_at=clock.now())
    tell_sign_ins(customer)
    today = clock.day_in(clock.now(), customer.partner.time_zone)
    for days, seats in ((60, 2), (20, 4), (0, 3)):
        customer.seat_counts.create(day=today - timedelta(days=days), seats=seats)
    Operator.objects.update(set_up_at=clock.now())


if __name__ == "__main__":
    main()
