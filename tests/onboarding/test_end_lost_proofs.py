"""A proof whose job is gone does not hold a customer for ever."""

from datetime import timedelta

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.end_lost_proofs import LOST_AFTER, end_lost_proofs
from pilotage.onboarding.models import Onboarding
from pilotage.onboarding.move import move
from tests.cast import World


def test_it_ends_with_an_event_after_half_an_hour_and_not_before(world: World) -> None:
    customer = world.add_customer()
    move(Onboarding.objects.get(customer=customer), "return_from_consent")
    actor = system_actor("test")
    assert end_lost_proofs(actor) == 0
    with clock.moved_by(LOST_AFTER + timedelta(seconds=1)):
        assert end_lost_proofs(actor) == 1
    assert Onboarding.objects.get(customer=customer).step == "opened"
    assert Event.objects.filter(name="consent.not_proven", customer_id=customer.id).count() == 1


def test_the_operator_need_not_wait_for_that(world: World) -> None:
    customer = world.add_customer()
    move(Onboarding.objects.get(customer=customer), "return_from_consent")
    resend_activation_link(world.editor, customer.id)
    assert Onboarding.objects.get(customer=customer).step == "invited"


def test_an_approval_ends_with_the_link_it_was_given_for(world: World) -> None:
    customer = world.add_customer()
    onboarding = Onboarding.objects.get(customer=customer)
    onboarding.approved_admin_oid = onboarding.approval_admin_oid = customer.id
    onboarding.approval_tenant_id = customer.id
    onboarding.save()
    resend_activation_link(world.editor, customer.id)
    onboarding.refresh_from_db()
    assert onboarding.approved_admin_oid is None
    assert onboarding.approval_tenant_id is None
