"""Deactivate operator."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from pilotage.events.models import Event
from pilotage.kernel.actor import Role
from pilotage.kernel.errors import Forbidden
from pilotage.partners.access import actor_for_operator
from pilotage.partners.actions.change_role import change_role
from pilotage.partners.actions.create_api_token import create_api_token
from pilotage.partners.actions.deactivate_operator import deactivate_operator
from pilotage.partners.api_tokens import actor_for_bearer
from pilotage.partners.errors import LastAdmin, NotYourself, OperatorNotFound, WrongApiToken
from tests.cast import World, begin_session


def test_sessions_and_tokens_end_in_the_same_moment(world: World) -> None:
    editor = world.operator(world.editor)
    browser, bystander = Client(), Client()
    begin_session(browser, editor)
    begin_session(bystander, world.operator(world.viewer))
    change_role(world.admin, editor.id, role=Role.ADMIN)
    _, text = create_api_token(
        actor_for_operator(world.operator(world.editor)), name="x", role=Role.VIEWER
    )
    deactivate_operator(world.admin, editor.id)
    deactivate_operator(world.admin, editor.id)
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [
        str(world.viewer.id)
    ]
    with pytest.raises(WrongApiToken):
        actor_for_bearer(text)
    event = Event.objects.get(name="operator.deactivated")
    assert (event.details["sessions_ended"], event.details["tokens_revoked"]) == (1, 1)


def test_not_oneself_and_not_the_last_admin(world: World) -> None:
    admin = world.operator(world.admin)
    with pytest.raises(NotYourself):
        deactivate_operator(world.admin, admin.id)
    with pytest.raises(LastAdmin):
        deactivate_operator(world.owner, admin.id)


def test_editors_and_strangers_cannot(world: World) -> None:
    viewer = world.operator(world.viewer)
    with pytest.raises(Forbidden):
        deactivate_operator(world.editor, viewer.id)
    with pytest.raises(OperatorNotFound):
        deactivate_operator(world.stranger, viewer.id)
    viewer.refresh_from_db()
    assert viewer.is_active
