"""The mails: one recipient, a subject of one line, and text that stays text."""

import email
import email.policy

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.customers.models import Customer, TenantConnection
from pilotage.kernel.errors import Invalid
from pilotage.mail.kinds import Letter, NoLongerWanted, get_kind
from pilotage.mail.models import Mail
from pilotage.onboarding import clean, mails
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.onboarding.models import ActivationLink
from pilotage.partners.models import Partner
from tests.cast import World
from tests.onboarding.entra import token_for

NAMES = [
    "O'Neil & Sons <b>bold</b>",
    "Bcc: all@evil.example",
    "{{ 7|add:7 }} {% now 'Y' %}",
    "x" * 120,
    "株式会社ワイド",
    "شركة",
    'Quote " and \\ backslash',
]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_stay_names(world: World, name: str) -> None:
    customer = world.add_customer(organization_name=name)
    TenantConnection.objects.create(customer=customer, tenant_id=customer.id, bound_by="Ada")
    for letter in letters_of(customer):
        check(letter, name)
        assert "<b>bold</b>" not in letter.html


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(min_size=1, max_size=60))
def test_any_name_is_refused_or_harmless(world: World, name: str) -> None:
    """No control character comes as far as a header: 422 and not 500 (F1)."""
    try:
        cleaned = clean.organization_name(name)
    except Invalid as refused:
        assert "organization_name" in refused.fields
        return
    customer = world.add_customer(organization_name=cleaned)
    try:
        for letter in letters_of(customer):
            check(letter, cleaned)
    finally:
        Customer.objects.all().delete()


def letters_of(customer: Customer) -> list[Letter]:
    """Every kind of mail about this customer that has something to say now."""
    link = ActivationLink.objects.get(customer=customer)
    mails.queue_forwarded_mail(link, "boss@wideworld.example", number=1)
    mails.queue_onboarded_mails(customer)
    for connection in customer.connections.all():
        mails.queue_bound_mails(connection)
        mails.queue_disconnected_mails(connection)
        mails.queue_reported_mails(connection)
    return [
        get_kind(mail.kind).render(mail) for mail in Mail.objects.filter(customer_id=customer.id)
    ]


def check(letter: Letter, name: str) -> None:
    message = EmailMultiAlternatives(letter.subject, letter.text, "a@b.example", ["to@c.example"])
    message.attach_alternative(letter.html, "text/html")
    read = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
    assert read["To"] == "to@c.example"
    assert read["Bcc"] is None
    assert " ".join(name.split()) in " ".join(str(read["Subject"]).split())
    assert name in letter.text


@pytest.mark.parametrize(
    "typed",
    [
        "a\nb",
        "a\r\nBcc: x@y.z",
        "\u202eevil",
        "https://evil.example",
        "www.evil.example",
        "\x00",
        "=?utf-8?q?=0ABcc=3A_x=40evil.example?=",
    ],
)
def test_names_that_carry_more_than_a_name(typed: str) -> None:
    with pytest.raises(Invalid):
        clean.organization_name(typed)


def test_mail_of_a_link_that_no_longer_works_is_dropped(world: World, customer: Customer) -> None:
    mail = Mail.objects.get(kind="activation")
    assert token_for(customer) in get_kind("activation").render(mail).html
    revoke_activation_link(world.editor, customer.id)
    with pytest.raises(NoLongerWanted):
        get_kind("activation").render(mail)


def test_encoded_word_in_a_partners_name_is_not_decoded(customer: Customer) -> None:
    Partner.objects.filter(id=customer.partner_id).update(name="=?utf-8?q?free=3A_evil.example?=")
    letter = get_kind("activation").render(Mail.objects.get(kind="activation"))
    message = EmailMultiAlternatives(letter.subject, "x", "a@b.example", ["to@c.example"])
    read = email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)
    assert "free: evil" not in str(read["Subject"])


def test_addresses_in_mails_come_from_the_settings(customer: Customer) -> None:
    """F4: no Host header has any part in it."""
    letter = get_kind("activation").render(Mail.objects.get(kind="activation"))
    assert letter.text.count("http://localhost:8000/activate#t=") == 1
