"""Resend activation link: a new link by mail; the earlier one is worthless."""

import pytest

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer
from pilotage.kernel import clock
from pilotage.kernel.errors import Forbidden, Invalid
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.checks import TrialIsOver
from pilotage.onboarding.models import ActivationLink, Onboarding
from pilotage.onboarding.steps import OnboardingStepRefused
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.told import the_event


def test_new_link_to_another_address(world: World, customer: Customer) -> None:
    before = token_for(customer)
    Browser().open(before)
    resend_activation_link(world.editor, customer.id, to="boss@WIDE.example")
    link = ActivationLink.objects.get()
    assert (link.generation, link.to, link.opened_at) == (2, "boss@wide.example", None)
    assert Onboarding.objects.get().step == "invited"
    assert Browser().open(before).status_code == 409
    assert Browser().open(token_for(customer)).status_code == 303
    mails = Mail.objects.filter(kind="activation").values_list("to", flat=True)
    assert set(mails) == {customer.notification_email, "boss@wide.example"}
    assert the_event(customer, "activation.resent").details["generation"] == 2


def test_when_it_is_refused(world: World, customer: Customer, tenant: Tenant) -> None:
    with pytest.raises(Forbidden):
        resend_activation_link(world.viewer, customer.id)
    with pytest.raises(CustomerNotFound):
        resend_activation_link(world.stranger, customer.id)
    with pytest.raises(Invalid):
        resend_activation_link(world.editor, customer.id, to="nobody")
    activated(customer, tenant)
    with pytest.raises(OnboardingStepRefused):
        resend_activation_link(world.editor, customer.id)
    assert ActivationLink.objects.get().generation == 1


def test_after_the_trial(world: World, customer: Customer) -> None:
    Customer.objects.update(expires_at=clock.now())
    with pytest.raises(TrialIsOver):
        resend_activation_link(world.editor, customer.id)
