"""Change role."""

import pytest

from pilotage.events.models import Event
from pilotage.kernel.actor import Role
from pilotage.kernel.errors import Forbidden
from pilotage.partners.access import actor_for_operator
from pilotage.partners.actions.change_role import change_role
from pilotage.partners.errors import LastAdmin, NotYourself, OperatorNotFound
from tests.cast import World


def test_it_holds_from_the_next_request_on(world: World) -> None:
    viewer = world.operator(world.viewer)
    change_role(world.admin, viewer.id, role=Role.EDITOR)
    assert actor_for_operator(world.operator(world.viewer)).role is Role.EDITOR
    event = Event.objects.get(name="operator.role_changed")
    assert (event.details["before"], event.details["after"]) == ("viewer", "editor")
    change_role(world.admin, viewer.id, role=Role.EDITOR)
    assert Event.objects.filter(name="operator.role_changed").count() == 1


def test_nobody_changes_themselves_and_the_last_admin_stays(world: World) -> None:
    admin = world.operator(world.admin)
    with pytest.raises(NotYourself):
        change_role(world.admin, admin.id, role=Role.VIEWER)
    with pytest.raises(LastAdmin):
        change_role(world.owner, admin.id, role=Role.VIEWER)


def test_editors_and_strangers_cannot(world: World) -> None:
    viewer = world.operator(world.viewer)
    with pytest.raises(Forbidden):
        change_role(world.editor, viewer.id, role=Role.ADMIN)
    with pytest.raises(OperatorNotFound):
        change_role(world.stranger, viewer.id, role=Role.ADMIN)
    # A partner's admin does not even see the provider's people.
    with pytest.raises(OperatorNotFound):
        change_role(world.admin, world.operator(world.owner).id, role=Role.VIEWER)
