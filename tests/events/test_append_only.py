"""Events are only ever inserted."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from pilotage.events.catalogue import CATALOGUE
from pilotage.events.models import Event
from pilotage.events.queries import list_events
from pilotage.events.record import record
from tests.cast import World

REFUSED = (InternalError, ProgrammingError)


def test_changing_or_deleting_is_refused_by_the_database(world: World) -> None:
    event = record(world.admin, "customer.edited", message="As it was")
    for sql in ("update events_event set message = 'other'", "delete from events_event"):
        with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Event.objects.get(id=event.id).message == "As it was"


def test_an_unknown_name_is_a_mistake_in_the_code(world: World) -> None:
    with pytest.raises(KeyError):
        record(world.admin, "customer.exploded")


def test_a_partner_sees_its_own_events_only(world: World) -> None:
    customer = world.add_customer()
    assert list_events(world.viewer, customer_id=customer.id).exists()
    assert not list_events(world.stranger, customer_id=customer.id).exists()
    assert list_events(world.owner, customer_id=customer.id).exists()


def test_names_are_area_dot_past_tense_or_state() -> None:
    for name, kind in CATALOGUE.items():
        area, _, what = name.partition(".")
        assert area.isidentifier() and what.isidentifier(), name
        assert kind.label[0].isupper(), name
