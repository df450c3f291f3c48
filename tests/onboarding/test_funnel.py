"""How far customers have come, and who needs attention on the way."""

from datetime import timedelta

import pytest

from pilotage.customers.models import Customer
from pilotage.customers.queries import list_customers
from pilotage.kernel import clock
from pilotage.kernel.errors import Invalid
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding.funnel import funnel
from pilotage.onboarding.models import ActivationLink, Onboarding, Step
from pilotage.onboarding.pending_filters import LINK_EXPIRING, MAIL_HELD, MAIL_NOT_SENT, in_step
from tests.cast import World


def waiting(world: World, step: str) -> list[str]:
    rows = in_step(list_customers(world.editor, pending=True), step, clock.now())
    return sorted(rows.values_list("organization_name", flat=True))


def test_who_came_further_counts_in_every_stage_before(world: World) -> None:
    now = clock.now()
    world.add_customer(organization_name="Added only")
    opened = world.add_customer(organization_name="Opened, though never sent by mail")
    ActivationLink.objects.filter(customer=opened).update(opened_at=now)
    done = world.add_customer(organization_name="Done")
    Customer.objects.filter(id=done.id).update(onboarded_at=now)
    stages = funnel(world.editor, now - timedelta(days=90))
    assert [stage.count for stage in stages] == [3, 2, 2, 1, 1, 1]
    assert funnel(world.editor, now + timedelta(days=1))[0].count == 0
    assert funnel(world.stranger, now - timedelta(days=90))[0].count == 0


def test_an_expired_link_counts_by_its_date(world: World) -> None:
    fresh = world.add_customer(organization_name="Fresh")
    ActivationLink.objects.filter(customer=fresh).update(
        expires_at=clock.now() + timedelta(days=10)
    )
    soon = world.add_customer(organization_name="Soon")
    ActivationLink.objects.filter(customer=soon).update(expires_at=clock.now() + timedelta(days=2))
    over = world.add_customer(organization_name="Over")
    ActivationLink.objects.filter(customer=over).update(expires_at=clock.now())
    assert waiting(world, Step.INVITED) == ["Fresh", "Soon"]
    assert waiting(world, LINK_EXPIRING) == ["Soon"]
    assert waiting(world, Step.LINK_EXPIRED) == ["Over"]
    Onboarding.objects.filter(customer=over).update(step=Step.IMPORTING)
    assert waiting(world, Step.LINK_EXPIRED) == []


def test_only_the_mail_of_the_present_address_counts(world: World) -> None:
    customer = world.add_customer()
    Mail.objects.update(state=MailState.FAILED)
    assert waiting(world, MAIL_NOT_SENT) == ["Wide World Importers"]
    ActivationLink.objects.filter(customer=customer).update(to="other@wideworld.example")
    assert waiting(world, MAIL_NOT_SENT) == []


def test_a_mail_that_waits_for_its_turn_is_no_mail_in_trouble(world: World) -> None:
    world.add_customer()
    held = Mail.objects.all()
    for state in (MailState.QUEUED, MailState.RETRYING):
        held.update(state=state, held_by="partner")
        assert waiting(world, MAIL_HELD) == ["Wide World Importers"]
        assert waiting(world, MAIL_NOT_SENT) == []
    held.update(state=MailState.FAILED)
    assert waiting(world, MAIL_HELD) == []
    assert waiting(world, MAIL_NOT_SENT) == ["Wide World Importers"]
    held.update(state=MailState.SENT, held_by="")
    assert waiting(world, MAIL_NOT_SENT) == waiting(world, MAIL_HELD) == []


def test_an_unknown_step_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        waiting(world, "nonsense")
