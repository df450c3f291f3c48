"""Which accounts end soon."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from pilotage.customers.ends_ahead import WEEKS, ends_by_week, next_to_end
from pilotage.customers.models import AccountType, Customer
from pilotage.kernel import clock
from tests.cast import World

# A Wednesday.
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def ending(world: World, name: str, end: datetime, **changes: object) -> Customer:
    customer = world.add_customer(organization_name=name)
    customer.onboarded_at, customer.expires_at = NOW, end
    for field, value in changes.items():
        setattr(customer, field, value)
    customer.save()
    return customer


def test_weeks_begin_on_monday_where_the_partner_is(world: World) -> None:
    # Sunday, 23:30 in UTC is Monday in Berlin already.
    sunday = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    with clock.set_to(NOW):
        ending(world, "Contoso", sunday)
        ending(world, "Fabrikam", sunday, account_type=AccountType.PRODUCTION)
        with timezone.override("Europe/Berlin"):
            berlin = ends_by_week(world.editor)
        utc = ends_by_week(world.editor)
    assert len(berlin) == len(utc) == WEEKS
    assert f"{berlin[0].monday}" == "2026-11-23"
    assert [(w.trials, w.production) for w in berlin[:2]] == [(0, 0), (1, 1)]
    assert [(w.trials, w.production) for w in utc[:2]] == [(1, 1), (0, 0)]


def test_only_running_accounts_of_the_actor_count(world: World) -> None:
    with clock.set_to(NOW):
        second = ending(world, "Second", NOW + timedelta(days=3))
        first = ending(world, "First", NOW + timedelta(days=2))
        ending(world, "Over", NOW - timedelta(days=1))
        ending(world, "Held", NOW + timedelta(days=1), suspended_reasons=["Payment overdue"])
        assert next_to_end(world.editor, 5) == [first, second]
        assert next_to_end(world.stranger, 5) == []
