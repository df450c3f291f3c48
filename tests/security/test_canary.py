"""A1: the activation link's secret is in the mail and in the visitor's browser, nowhere else."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.db import connection

from pilotage.customers.models import Customer
from pilotage.mail.deliver import deliver
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link
from pilotage.onboarding.actions.disconnect import disconnect
from pilotage.onboarding.actions.forward_activation import forward_activation
from pilotage.onboarding.visitor import admin_of
from tests.cast import World
from tests.conftest import Running
from tests.mail.test_deliver import Behave, behave, call
from tests.onboarding.entra import SIGN_IN_RETURN, Browser, Tenant, token_for, work

__all__ = ["behave"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the installation's own handler writes."""
    ours = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    kept = io.StringIO()
    writers = [handler for handler in ours if isinstance(handler, logging.StreamHandler)]
    assert len(writers) == 1
    # Not setStream, which flushes the old stream: pytest has closed it if logging was configured
    # while another test's output was captured.
    before, writers[0].stream = writers[0].stream, kept
    yield kept
    writers[0].stream = before


def everything_in_the_database() -> str:
    """All rows of all tables, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


def test_the_secret_is_in_the_mail_only(
    world: World,
    customer: Customer,
    tenant: Tenant,
    mailbox: Running,
    behave: Behave,
    log: io.StringIO,
) -> None:
    secret = token_for(customer)[-43:]
    visit = Browser()
    visit.open(token_for(customer))
    visit.open(token_for(customer)[:-1] + "?")
    forward_activation(admin_of(visit.session), visit.session, to="boss@wideworld.example")
    assert secret in copy_activation_link(world.editor, customer.id)
    for mail in Mail.objects.all():
        deliver(mail.id)
    answer = visit.fetch_code(tenant.person("admin"))
    visit.ours.get(SIGN_IN_RETURN, answer)
    visit.ours.get(SIGN_IN_RETURN, answer)
    visit.consent(tenant.person("admin"))
    work()
    disconnect(admin_of(visit.session), visit.session)
    logging.getLogger("test").warning("opened %s", token_for(customer))
    said = log.getvalue()
    dump = everything_in_the_database()
    assert str(customer.id) in dump
    assert "opened pla1_" not in said
    assert "opened [secret]" in said
    cookie = visit.ours.cookies["act"].value
    for secret_text in (secret, cookie, answer["code"], answer["state"]):
        assert secret_text not in dump
        assert secret_text not in said
    letters = call(mailbox, "GET", "/api/messages")
    with_link = [
        one["subject"]
        for one in letters
        if secret in str(call(mailbox, "GET", f"/api/messages/{one['id']}"))
    ]
    assert len(with_link) == 2, "the first mail and the forwarded one"
