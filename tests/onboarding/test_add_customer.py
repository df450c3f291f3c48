"""Add customer: a trial, a link, a mail, an event; nothing at all if something is wrong."""

import pytest

from pilotage.catalog.models import AddOn
from pilotage.customers.models import Customer
from pilotage.kernel.errors import Forbidden, Invalid, NotFound
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.add_customer import AlreadyPending
from pilotage.onboarding.models import ActivationLink, Onboarding
from tests.cast import World
from tests.onboarding.told import the_event


def test_trial_link_mail_and_event(world: World) -> None:
    customer = world.add_customer(add_ons=["teams-governance"])
    assert (customer.source, customer.account_type) == ("msp", "trial")
    assert (customer.expires_at - customer.created_at).days in {13, 14, 15}
    assert list(customer.add_ons.all()) == [AddOn.objects.get(code="teams-governance")]
    link = ActivationLink.objects.get(customer=customer)
    assert link.expires_at <= customer.expires_at
    assert Onboarding.objects.get(customer=customer).step == "invited"
    assert Mail.objects.get(customer_id=customer.id).to == "admin@wideworld.example"
    assert the_event(customer, "customer.added").actor_name == "Edda Editor"


def test_every_mistake_is_told_at_once(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.add_customer(
            organization_name=" ", notification_email="x", expected_domain="a b", sku="none"
        )
    assert {"organization_name", "notification_email", "expected_domain", "sku"} <= set(
        caught.value.fields
    )
    assert not Customer.objects.exists()
    assert not Mail.objects.exists()


def test_the_same_customer_twice(world: World) -> None:
    first = world.add_customer()
    with pytest.raises(AlreadyPending) as caught:
        world.add_customer(organization_name="WIDE WORLD IMPORTERS")
    assert caught.value.details == {"customer_id": str(first.id)}


def test_viewer_and_stranger_may_not(world: World) -> None:
    with pytest.raises(Forbidden):
        world.add_customer(world.viewer)
    with pytest.raises(NotFound):
        world.add_customer(world.stranger, partner_id=world.harbour.id)
    assert not Customer.objects.exists()
