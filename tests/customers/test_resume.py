"""Resume."""

import pytest

from pilotage.customers.actions.resume import resume
from pilotage.customers.actions.suspend import suspend
from pilotage.customers.errors import CustomerNotFound, NotSuspended
from pilotage.events.models import Event
from pilotage.kernel.errors import Forbidden
from tests.cast import World


def test_takes_one_reason_away_and_is_active_when_none_is_left(world: World) -> None:
    customer = world.add_customer()
    suspend(world.editor, customer.id, reason="unpaid")
    suspend(world.editor, customer.id, reason="abuse")
    assert resume(world.editor, customer.id, reason="unpaid").status == "suspended"
    assert resume(world.editor, customer.id, reason="abuse").status == "active"
    assert Event.objects.filter(name="customer.resumed").count() == 2


def test_a_reason_that_is_not_there_is_refused(world: World) -> None:
    customer = world.add_customer()
    with pytest.raises(NotSuspended):
        resume(world.editor, customer.id, reason="unpaid")


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    customer = world.add_customer()
    suspend(world.editor, customer.id, reason="unpaid")
    with pytest.raises(Forbidden):
        resume(world.viewer, customer.id, reason="unpaid")
    with pytest.raises(CustomerNotFound):
        resume(world.stranger, customer.id, reason="unpaid")
