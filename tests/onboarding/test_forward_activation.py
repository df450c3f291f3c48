"""Forward activation: the same link to the right person, three times a day."""

from datetime import timedelta

import pytest

from pilotage.customers.models import Customer
from pilotage.kernel import clock
from pilotage.kernel.errors import Invalid
from pilotage.mail.kinds import get_kind
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.forward_activation import forward_activation
from pilotage.onboarding.errors import LinkUsed, TooManyTries
from pilotage.onboarding.visitor import admin_of
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.told import events_of, the_event


def test_the_same_link_goes_to_the_right_person(customer: Customer, visit: Browser) -> None:
    page = visit.ours.post("/activate/forward", {"to": "boss@wideworld.example"})
    assert "boss@wideworld.example" in page.content.decode()
    mail = Mail.objects.get(kind="forwarded")
    assert mail.to == "boss@wideworld.example"
    letter = get_kind("forwarded").render(mail)
    assert token_for(customer) in letter.text
    assert the_event(customer, "activation.forwarded").details == {"to": mail.to}


def test_three_a_day(customer: Customer, visit: Browser) -> None:
    session = visit.session
    for number in range(3):
        forward_activation(admin_of(session), session, to=f"p{number}@wideworld.example")
    with pytest.raises(TooManyTries):
        forward_activation(admin_of(session), session, to="p4@wideworld.example")
    refused = visit.ours.post("/activate/forward", {"to": "p4@wideworld.example"})
    assert refused.status_code == 429
    with clock.moved_by(timedelta(hours=25)):
        forward_activation(admin_of(session), session, to="p4@wideworld.example")
    assert len(events_of(customer, "activation.forwarded")) == 4
    assert Mail.objects.filter(kind="forwarded").count() == 4


@pytest.mark.parametrize(
    "to", ["", "boss", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"]
)
def test_what_is_no_address(visit: Browser, to: str) -> None:
    with pytest.raises(Invalid):
        forward_activation(admin_of(visit.session), visit.session, to=to)
    assert visit.ours.post("/activate/forward", {"to": to}).status_code == 422
    assert not Mail.objects.filter(kind="forwarded").exists()


def test_not_once_it_is_used(customer: Customer, tenant: Tenant) -> None:
    visit = activated(customer, tenant)
    with pytest.raises(LinkUsed):
        forward_activation(admin_of(visit.session), visit.session, to="x@wideworld.example")
