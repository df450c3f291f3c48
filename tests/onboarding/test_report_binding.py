"""Report binding: the “it was not us” link of the mail ends the connection."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.models import ImportRun
from pilotage.kernel import clock
from pilotage.mail.kinds import get_kind
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.report_binding import report_binding
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.errors import ConnectionEnded
from pilotage.onboarding.models import Onboarding
from pilotage.onboarding.not_us_token import connection_id_of, token_of
from pilotage.onboarding.reported import reader_of
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.told import events_of, the_event

PAGE = "/activate/not-us"


def link_in_mail(customer: Customer, to: str) -> str:
    """The token in the mail that told of the connection."""
    mail = Mail.objects.filter(kind="bound", customer_id=customer.id, to=to).latest("created_at")
    letter = get_kind("bound").render(mail)
    found = re.search(rf"http://localhost:8000{PAGE}#t=(\S+)", letter.text)
    assert found and found[1] in letter.html
    return found[1]


def test_the_link_in_both_mails_ends_the_connection(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    activated(customer, tenant)
    token = link_in_mail(customer, customer.notification_email)
    assert token == link_in_mail(customer, world.harbour.email)
    reader = Client()
    assert "Link from the mail" in reader.get(PAGE).content.decode()
    shown = reader.post(PAGE, {"token": token}).content.decode()
    assert str(tenant.tenant_id) in shown and tenant.person("admin") in shown
    connection = TenantConnection.objects.get()
    assert connection.released_at is None, "looking changes nothing"
    done = reader.post(PAGE, {"token": token, "end": "1"})
    assert "The connection is ended" in done.content.decode()
    connection.refresh_from_db()
    assert connection.released_at
    assert ImportRun.objects.get().state == "canceled"
    assert Onboarding.objects.get().step == "invited"
    assert Browser().open(token_for(customer)).status_code == 409
    assert tenant.person("admin") in the_event(customer, "tenant.binding_reported").message
    told = Mail.objects.filter(kind="reported").values_list("to", flat=True)
    assert set(told) == {customer.notification_email, world.harbour.email}
    assert reader.post(PAGE, {"token": token, "end": "1"}).status_code == 409


def test_the_mail_of_an_earlier_connection_does_not_end_a_later_one(
    world: World, customer: Customer, tenant: Tenant
) -> None:
    activated(customer, tenant)
    first = TenantConnection.objects.get()
    report_binding(reader_of(first), customer.id, first.id)
    resend_activation_link(world.editor, customer.id)
    activated(customer, tenant)
    with pytest.raises(ConnectionEnded):
        report_binding(reader_of(first), customer.id, first.id)
    assert TenantConnection.objects.filter(released_at=None).count() == 1


def test_who_has_no_such_mail(world: World, customer: Customer, tenant: Tenant) -> None:
    activated(customer, tenant)
    connection = TenantConnection.objects.get()
    token = token_of(connection)
    other = world.add_customer(world.stranger, organization_name="Litware")
    forged = [
        token[:-2] + ("AA" if token[-2] != "A" else "BB"),
        "",
        token.upper(),
        token_for(other),
    ]
    for wrong in forged:
        assert Client().post(PAGE, {"token": wrong, "end": "1"}).status_code == 404
    assert connection_id_of(token) == connection.id
    with pytest.raises(CustomerNotFound):
        report_binding(world.stranger, customer.id, connection.id)
    with clock.moved_by(timedelta(days=31)):
        assert Client().post(PAGE, {"token": token, "end": "1"}).status_code == 404
    assert TenantConnection.objects.get().released_at is None
    assert not events_of(customer, "tenant.binding_reported")
