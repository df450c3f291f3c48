"""Renew set-up link."""

import pytest

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Role, system_actor
from pilotage.kernel.errors import Forbidden
from pilotage.mail.models import Mail
from pilotage.partners.actions.invite_operator import invite_operator
from pilotage.partners.actions.renew_set_up_link import AlreadySetUp, renew_set_up_link
from pilotage.partners.actions.set_up_operator import set_up_operator
from pilotage.partners.errors import OperatorNotFound
from pilotage.partners.set_up_link import VALID_FOR, find_operator, token_of
from tests.cast import PASSWORD, World


def test_the_earlier_link_stops_working(world: World) -> None:
    operator = invite_operator(
        world.admin,
        partner_id=world.harbour.id,
        email="kim@harbour.example",
        name="Kim",
        role=Role.VIEWER,
    )
    earlier = token_of(operator, expires_at=clock.now() + VALID_FOR)
    renewed, expires_at = renew_set_up_link(world.admin, operator.id)
    newer = token_of(renewed, expires_at=expires_at)
    assert find_operator(earlier) is None
    assert find_operator(newer) == operator
    assert Mail.objects.filter(to="kim@harbour.example").count() == 2
    assert Event.objects.filter(name="operator.set_up_link_renewed").count() == 1
    with pytest.raises(Forbidden):
        renew_set_up_link(world.editor, operator.id)
    with pytest.raises(OperatorNotFound):
        renew_set_up_link(world.stranger, operator.id)
    set_up_operator(system_actor("set-up link"), token=newer, password=PASSWORD)
    with pytest.raises(AlreadySetUp):
        renew_set_up_link(world.admin, operator.id)
