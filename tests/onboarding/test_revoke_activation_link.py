"""Revoke activation link: it stops working at once."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer
from pilotage.kernel.errors import Forbidden
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.onboarding.errors import LinkNotRevocable
from tests.cast import World
from tests.onboarding.entra import Browser
from tests.onboarding.told import the_event


def test_visits_end_too(world: World, customer: Customer, visit: Browser) -> None:
    revoke_activation_link(world.editor, customer.id)
    assert visit.ours.get("/activate/case").status_code == 409
    with pytest.raises(LinkNotRevocable):
        revoke_activation_link(world.editor, customer.id)
    the_event(customer, "activation.revoked")


def test_viewer_and_stranger_may_not(world: World, customer: Customer, visit: Browser) -> None:
    with pytest.raises(Forbidden):
        revoke_activation_link(world.viewer, customer.id)
    with pytest.raises(CustomerNotFound):
        revoke_activation_link(world.stranger, customer.id)
    assert visit.ours.get("/activate/case").status_code == 200
