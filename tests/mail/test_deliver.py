"""Mails go out over real SMTP; what goes wrong is seen, and tried again if it may pass."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from pytest_django import Settings

from pilotage.customers.mails import queue_connection_mails
from pilotage.customers.models import TenantConnection
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.mail.deliver import BACKOFF, deliver
from pilotage.mail.models import Mail, MailState
from pilotage.mail.queue import queue_mail
from pilotage.onboarding.models import ActivationLink
from tests.cast import World
from tests.conftest import Running

Behave = Callable[[str], None]


@pytest.fixture
def behave(mailbox: Running, settings: Settings) -> Iterator[Behave]:
    """Point Django at the mailbox; the fixture's value sets how it answers."""
    where = urlsplit(mailbox["smtp_url"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = where.hostname, where.port, 1

    def ask(mode: str) -> None:
        call(mailbox, "POST", "/api/behaviour", {"mode": mode})

    call(mailbox, "DELETE", "/api/messages")
    ask("accept")
    yield ask
    ask("accept")


def call(mailbox: Running, method: str, path: str, body: object = None) -> Any:
    request = urllib.request.Request(
        mailbox["http_url"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def activation_mail(world: World) -> Mail:
    world.add_customer()
    return Mail.objects.get(kind="activation")


def test_a_mail_is_sent_once_and_told(world: World, behave: Behave, mailbox: Running) -> None:
    mail = activation_mail(world)
    assert deliver(mail.id) is None
    assert deliver(mail.id) is None
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.SENT, 1)
    assert Event.objects.filter(name="activation.sent").count() == 1
    received = call(mailbox, "GET", "/api/messages?to=admin@wideworld.example")
    assert len(received) == 1
    assert "Wide World Importers" in received[0]["subject"]
    link = ActivationLink.objects.get(customer_id=mail.customer_id)
    assert link.sent_at is not None
    whole = call(mailbox, "GET", f"/api/messages/{received[0]['id']}")
    assert "Harbour Cloud <" in str(whole["headers"]), "it is from whom people know"


@pytest.mark.parametrize(
    ("state", "subject", "said"),
    [
        ("consent_outdated", "needs a new consent", "Send a new activation link"),
        ("degraded", "does not let Wide World Importers be read", "goes on trying by itself"),
        ("connected", "is connected again", "Nothing is left to do"),
        ("revoked", "has withdrawn its consent", "Send a new activation link"),
    ],
)
def test_a_changed_connection_is_told_in_text_and_html(
    world: World, behave: Behave, mailbox: Running, state: str, subject: str, said: str
) -> None:
    customer = world.add_customer()
    Mail.objects.all().delete()
    connection = TenantConnection.objects.create(
        customer=customer, tenant_id=customer.id, bound_by="Ada", state=state,
        tenant_name="Wide World", default_domain="wideworld.example",
        state_reason="Microsoft says <no>.", missing=["Device.Read.All"],
    )  # fmt: skip
    queue_connection_mails(connection)
    for mail in Mail.objects.all():
        assert deliver(mail.id) is None
    told = {world.harbour.email, *([customer.notification_email] if state == "revoked" else [])}
    received = call(mailbox, "GET", "/api/messages")
    assert {one["to"][0] for one in received} == told
    for one in received:
        whole = call(mailbox, "GET", f"/api/messages/{one['id']}")
        assert subject in whole["subject"]
        for_partner = one["to"][0] == world.harbour.email
        for body in (whole["text"], whole["html"]):
            assert "Wide World (wideworld.example)" in body or "Wide World, wideworld" in body
            assert (said in body) is for_partner
            assert ("Device.Read.All" in body) is for_partner
            assert (f"/customers/{customer.id}" in body) is for_partner
            assert "{%" not in body and "None" not in body
        assert not for_partner or "says &lt;no&gt;." in whole["html"]
        assert not for_partner or "says <no>." in whole["text"]


def test_a_connection_that_has_changed_back_is_not_told(world: World, behave: Behave) -> None:
    customer = world.add_customer()
    Mail.objects.all().delete()
    connection = TenantConnection.objects.create(
        customer=customer, tenant_id=customer.id, bound_by="Ada", state="degraded"
    )
    queue_connection_mails(connection)
    TenantConnection.objects.update(state="connected")
    mail = Mail.objects.get()
    deliver(mail.id)
    mail.refresh_from_db()
    assert mail.state not in {MailState.SENT, MailState.RETRYING}


@pytest.mark.parametrize("mode", ["450", "drop", "hang"])
def test_what_may_pass_is_tried_again(world: World, behave: Behave, mode: str) -> None:
    mail = activation_mail(world)
    behave(mode)
    before = clock.now()
    next_try = deliver(mail.id)
    mail.refresh_from_db()
    assert next_try is not None and next_try == mail.next_try_at
    assert BACKOFF[0] <= next_try - before < BACKOFF[0] + timedelta(seconds=30)
    assert (mail.state, mail.attempts) == (MailState.RETRYING, 1)
    assert mail.last_error
    behave("accept")
    assert deliver(mail.id) is None
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.SENT, "")


@pytest.mark.parametrize("mode", ["550", "554"])
def test_a_final_refusal_is_shown_in_the_servers_words(
    world: World, behave: Behave, mode: str
) -> None:
    mail = activation_mail(world)
    behave(mode)
    assert deliver(mail.id) is None
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED
    assert mode in mail.last_error
    event = Event.objects.get(name="activation.send_failed")
    assert mode in event.message
    assert event.customer_id == mail.customer_id


def test_after_a_day_it_gives_up(world: World, behave: Behave) -> None:
    mail = activation_mail(world)
    behave("450")
    with clock.moved_by(timedelta(hours=25)):
        assert deliver(mail.id) is None
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_a_mail_that_lost_its_point_is_dropped(
    world: World, behave: Behave, mailbox: Running
) -> None:
    mail = activation_mail(world)
    with clock.moved_by(timedelta(days=15)):
        deliver(mail.id)
    mail.refresh_from_db()
    assert mail.state == MailState.DROPPED
    assert call(mailbox, "GET", "/api/messages") == []


def test_a_notice_exists_once_per_key_and_goes_with_its_transaction(world: World) -> None:
    fields: dict[str, Any] = {"to": "a@b.example", "partner_id": world.harbour.id}
    assert queue_mail("activation", key="once", **fields)
    assert queue_mail("activation", key="once", **fields) is None
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue_mail("activation", key="undone", **fields)
        raise ZeroDivisionError
    assert list(Mail.objects.values_list("key", flat=True)) == ["once"]


def test_no_link_stands_in_the_database(world: World) -> None:
    mail = activation_mail(world)
    assert "pla1_" not in json.dumps(mail.context) + mail.key
