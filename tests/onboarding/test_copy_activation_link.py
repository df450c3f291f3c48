"""Copy activation link: the link of the mail, and that it was copied is told."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer
from pilotage.kernel.errors import Forbidden
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.onboarding.errors import LinkNotRevocable
from tests.cast import World
from tests.onboarding.entra import Browser, token_for
from tests.onboarding.told import events_of, the_event


def test_the_copied_link_works_and_is_told(world: World, customer: Customer) -> None:
    address = copy_activation_link(world.editor, customer.id)
    assert address == f"http://localhost:8000/activate#t={token_for(customer)}"
    assert Browser().open(address).status_code == 303, "the whole link may be pasted"
    event = the_event(customer, "activation.link_copied")
    assert token_for(customer) not in f"{event.message}{event.details}"


def test_when_it_is_refused(world: World, customer: Customer) -> None:
    with pytest.raises(Forbidden):
        copy_activation_link(world.viewer, customer.id)
    with pytest.raises(CustomerNotFound):
        copy_activation_link(world.stranger, customer.id)
    revoke_activation_link(world.editor, customer.id)
    with pytest.raises(LinkNotRevocable):
        copy_activation_link(world.editor, customer.id)
    assert not events_of(customer, "activation.link_copied")
