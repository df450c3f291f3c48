"""Suspend."""

import pytest

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.errors import CustomerNotFound
from pilotage.events.models import Event
from pilotage.kernel.errors import Forbidden, Invalid
from tests.cast import World


def test_reasons_are_a_set_and_each_is_told_once(world: World) -> None:
    customer = world.add_customer()
    for reason in ("unpaid", "unpaid", "abuse"):
        suspend(world.editor, customer.id, reason=reason)
    customer.refresh_from_db()
    assert customer.suspended_reasons == ["unpaid", "abuse"]
    assert customer.status == "suspended"
    assert Event.objects.filter(name="customer.suspended").count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 41])
def test_a_reason_is_needed(world: World, reason: str) -> None:
    customer = world.add_customer()
    with pytest.raises(Invalid) as refusal:
        suspend(world.editor, customer.id, reason=reason)
    assert "reason" in refusal.value.fields


def test_a_viewer_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    customer = world.add_customer()
    with pytest.raises(Forbidden):
        suspend(world.viewer, customer.id, reason="unpaid")
    with pytest.raises(CustomerNotFound):
        suspend(world.stranger, customer.id, reason="unpaid")
