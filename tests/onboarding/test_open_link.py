"""Open link: a session, and one event for the first time; the rest is in tests/security."""

import pytest

from pilotage.customers.models import Customer
from pilotage.onboarding.actions.open_link import open_link
from pilotage.onboarding.errors import LinkUnknown, LinkUsed
from pilotage.onboarding.models import ActivationLink, Onboarding
from pilotage.onboarding.sessions import get_session
from pilotage.onboarding.visitor import visitor
from tests.onboarding.entra import Tenant, activated, token_for
from tests.onboarding.told import events_of, the_event


def test_opening_twice_is_told_once(customer: Customer) -> None:
    for _ in range(2):
        session, secret = open_link(visitor(), token_for(customer))
        assert get_session(secret).id == session.id
    assert ActivationLink.objects.get(customer=customer).opened_at
    assert Onboarding.objects.get(customer=customer).step == "opened"
    the_event(customer, "activation.opened")


def test_used_link_lets_its_admin_come_back(customer: Customer, tenant: Tenant) -> None:
    activated(customer, tenant)
    with pytest.raises(LinkUsed):
        open_link(visitor(), token_for(customer))
    session, _ = open_link(visitor(), token_for(customer), coming_back=True)
    assert session.admin_oid is None
    assert len(events_of(customer, "activation.refused")) == 1


def test_unknown_link_is_told_to_nobody(customer: Customer) -> None:
    with pytest.raises(LinkUnknown):
        open_link(visitor(), "pla1_" + "x" * 22 + "_" + "y" * 43)
    assert not events_of(customer, "activation.refused")
