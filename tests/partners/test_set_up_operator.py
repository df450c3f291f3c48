"""Set up operator."""

from datetime import timedelta

import pytest

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Role, system_actor
from pilotage.kernel.errors import Invalid
from pilotage.partners.actions.invite_operator import invite_operator
from pilotage.partners.actions.set_up_operator import set_up_operator
from pilotage.partners.errors import SetUpLinkInvalid
from pilotage.partners.models import Operator
from pilotage.partners.set_up_link import VALID_FOR, find_operator, token_of
from tests.cast import PASSWORD, World

VISITOR = system_actor("set-up link")


@pytest.fixture
def invited(world: World) -> Operator:
    """An operator who waits for their set-up."""
    return invite_operator(
        world.admin,
        partner_id=world.harbour.id,
        email="kim@harbour.example",
        name="Kim New",
        role=Role.VIEWER,
    )


def token(operator: Operator) -> str:
    return token_of(operator, expires_at=clock.now() + VALID_FOR)


def test_the_link_works_once(invited: Operator) -> None:
    text = token(invited)
    set_up_operator(VISITOR, token=text, password=PASSWORD)
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)
    assert invited.set_up_at is not None
    with pytest.raises(SetUpLinkInvalid):
        set_up_operator(VISITOR, token=text, password="another long pass phrase")
    event = Event.objects.get(name="operator.set_up")
    assert (event.actor_id, event.partner_id) == (str(invited.id), invited.partner_id)


def test_it_ends_after_24_hours(invited: Operator) -> None:
    text, start = token(invited), clock.now()
    with clock.set_to(start + timedelta(hours=23, minutes=59)):
        assert find_operator(text) == invited
    with clock.set_to(start + timedelta(hours=24)), pytest.raises(SetUpLinkInvalid):
        set_up_operator(VISITOR, token=text, password=PASSWORD)


def test_no_character_of_it_may_differ(invited: Operator, world: World) -> None:
    text = token(invited)
    for place in range(5, len(text)):
        other = "A" if text[place] != "A" else "B"
        assert find_operator(text[:place] + other + text[place + 1 :]) is None, place
    later = token_of(invited, expires_at=clock.now() + 2 * VALID_FOR)
    assert find_operator(text[:28] + later[28:39] + text[39:]) is None
    assert find_operator("") is None


@pytest.mark.parametrize("password", ["short", "1q2w3e4r5t6y", "kim@harbour.example"])
def test_a_weak_password_is_refused_and_the_link_stays(invited: Operator, password: str) -> None:
    text = token(invited)
    with pytest.raises(Invalid) as refused:
        set_up_operator(VISITOR, token=text, password=password)
    assert "password" in refused.value.fields
    assert find_operator(text) == invited


def test_a_deactivated_operator_cannot_set_up(invited: Operator) -> None:
    text = token(invited)
    Operator.objects.filter(id=invited.id).update(is_active=False)
    with pytest.raises(SetUpLinkInvalid):
        set_up_operator(VISITOR, token=text, password=PASSWORD)
