"""A partner's import window."""

import pytest

from pilotage.events.models import Event
from pilotage.kernel.actor import Role
from tests.api.conftest import Api, token_for
from tests.cast import World

WINDOW = {"is_enabled": True, "opens": "22:00", "closes": "04:00"}


def test_read_and_set(world: World, viewer: Api) -> None:
    address = f"/partners/{world.harbour.id}/import-window"
    assert viewer.get(address).body == {
        "partner_id": str(world.harbour.id),
        "partner_name": "Harbour Cloud",
        "is_enabled": True,
        "opens": "01:00",
        "closes": "05:00",
        "time_zone": "Europe/Berlin",
    }
    admin = Api(token_for(world, world.admin, Role.ADMIN))
    for _ in range(2):
        answer = admin.send("PUT", address, WINDOW)
        assert (answer.status, answer.body["opens"], answer.body["closes"]) == (
            200,
            "22:00",
            "04:00",
        )
    assert Event.objects.filter(name="partner.import_window_set").count() == 1


@pytest.mark.parametrize("opens", ["24:00", "1:00", "01:00:30", 3600, None, "01:00+02:00"])
def test_a_time_is_exactly_hours_and_minutes(world: World, opens: object) -> None:
    admin = Api(token_for(world, world.admin, Role.ADMIN))
    address = f"/partners/{world.harbour.id}/import-window"
    assert admin.send("PUT", address, {**WINDOW, "opens": opens}).status == 422


def test_who_may(world: World, editor: Api, stranger: Api) -> None:
    address = f"/partners/{world.harbour.id}/import-window"
    assert editor.send("PUT", address, WINDOW).status == 403
    assert stranger.send("PUT", address, WINDOW).code == "partner_not_found"
    assert stranger.get(address).status == 404
