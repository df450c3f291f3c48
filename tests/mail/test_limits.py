"""Limits on invitations (F2): what is beyond them waits, visibly, and goes out by itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection

from pilotage.kernel import clock
from pilotage.mail.deliver import deliver
from pilotage.mail.limits import PER_PARTNER, PER_RECIPIENT, hold_words
from pilotage.mail.lost import lost_mails
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.models import Onboarding
from tests.cast import World

START = datetime.fromisoformat("2026-11-23T13:05:00+00:00")


@pytest.fixture(autouse=True)
def _start() -> Iterator[None]:
    with clock.set_to(START):
        yield


def invite(world: World, number: int, to: str = "") -> Mail:
    customer = world.add_customer(
        organization_name=f"Customer {number}",
        notification_email=to or f"admin@customer{number}.example",
    )
    return Mail.objects.get(customer_id=customer.id, state=MailState.QUEUED)


def job_times(mail: Mail) -> list[datetime]:
    """When the jobs of a mail are due; None for at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select scheduled_at from procrastinate_jobs where args ->> 'mail_id' = %s order by id",
            [str(mail.id)],
        )
        return [row[0] for row in cursor.fetchall()]


def test_the_21st_invitation_of_an_hour_waits_and_goes_out_by_itself(world: World) -> None:
    mails = [invite(world, number) for number in range(PER_PARTNER.most + 2)]
    assert [mail.held_by for mail in mails] == [""] * 20 + ["partner"] * 2
    held, when = mails[20], START + timedelta(hours=1)
    assert held.held_until == when and job_times(held) == [when]
    assert "more than 20 invitations" in hold_words(held)
    waiting = Onboarding.objects.get(customer_id=held.customer_id)
    assert (waiting.waiting_reason, waiting.waiting_until) == ("invitation_limit", when)
    assert copy_activation_link(world.editor, waiting.customer_id).count("#t=pla1_") == 1
    assert deliver(held.id) == when, "a worker that looks too early does not send it"
    held.refresh_from_db()
    assert (held.state, held.attempts) == (MailState.QUEUED, 0)
    with clock.set_to(when):
        assert deliver(held.id) is None
    held.refresh_from_db()
    assert (held.state, held.held_by) == (MailState.SENT, "")
    waiting.refresh_from_db()
    assert (waiting.waiting_reason, waiting.waiting_until) == ("", None)


def test_never_more_than_the_limit_in_any_hour(world: World) -> None:
    """45 invitations, some given back: every window of an hour is looked at."""
    for number in range(45):
        with clock.set_to(START + timedelta(minutes=number)):
            invite(world, number)
    times = sorted(Mail.objects.values_list("counts_at", flat=True))
    gaps = [late - early for early, late in zip(times, times[PER_PARTNER.most :], strict=False)]
    assert len(gaps) == 25 and min(gaps) >= PER_PARTNER.window


def test_after_an_outage_they_do_not_all_go_out_at_once(world: World) -> None:
    """What counts is when a mail is tried, not when it was queued."""
    first = [invite(world, number) for number in range(20)]
    with clock.set_to(START + timedelta(hours=2)):
        later = [invite(world, number) for number in range(20, 40)]
        assert [deliver(mail.id) for mail in later] == [None] * 20
        turns = [deliver(mail.id) for mail in first]
    assert all(turn is not None and turn >= START + timedelta(hours=3) for turn in turns)


def test_another_partner_is_not_held_back(world: World) -> None:
    for number in range(PER_PARTNER.most + 1):
        invite(world, number)
    customer = world.add_customer(world.stranger, notification_email="it@elsewhere.example")
    assert Mail.objects.get(customer_id=customer.id).held_by == ""


def test_a_recipient_gets_three_a_day_whoever_they_come_from(world: World) -> None:
    for number in range(2):
        invite(world, number, to="Boss@wide.example")
    world.add_customer(world.stranger, notification_email="boss@wide.example")
    fourth = invite(world, 4, to="boss@WIDE.example")
    assert fourth.held_by == "recipient"
    assert fourth.held_until == START + PER_RECIPIENT.window
    assert invite(world, 5).held_by == ""


def test_resending_counts_too_and_what_it_replaces_gives_its_turn_back(world: World) -> None:
    first = invite(world, 1)
    assert first.customer_id
    deliver(first.id)
    for _ in range(2):
        resend_activation_link(world.editor, first.customer_id)
        deliver(Mail.objects.latest("created_at", "id").id)
    for _ in range(3):
        resend_activation_link(world.editor, first.customer_id)
    held = Mail.objects.get(state=MailState.QUEUED)
    assert (held.held_by, held.held_until) == ("recipient", START + timedelta(days=1))
    assert Mail.objects.filter(state=MailState.SENT).count() == 3
    assert Mail.objects.filter(state=MailState.DROPPED).count() == 2


def test_a_waiting_mail_is_not_taken_for_lost(world: World) -> None:
    held = [invite(world, number) for number in range(PER_PARTNER.most + 1)][-1]
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    with clock.set_to(START + timedelta(minutes=30)):
        assert held.id not in lost_mails()
    with clock.set_to(START + timedelta(minutes=63)):
        assert held.id in lost_mails()
