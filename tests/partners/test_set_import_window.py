"""Set import window."""

from datetime import time
from typing import Any

import pytest

from pilotage.events.models import Event
from pilotage.kernel.errors import Forbidden, Invalid
from pilotage.partners.actions.set_import_window import set_import_window
from pilotage.partners.import_window import get_import_window, list_import_windows
from pilotage.partners.models import ImportWindow
from pilotage.partners.queries import PartnerNotFound
from tests.cast import World

NIGHT: dict[str, Any] = {"is_enabled": True, "opens": time(22), "closes": time(4, 30)}


def test_without_a_row_the_default_holds(world: World) -> None:
    rules = get_import_window(world.viewer, world.harbour.id)
    assert (rules.is_enabled, rules.hours, rules.time_zone) == (
        True, "01:00-05:00", "Europe/Berlin",
    )  # fmt: skip
    assert rules.changed_at is None


def test_it_is_set_with_one_event(world: World) -> None:
    set_import_window(world.admin, world.harbour.id, **NIGHT)
    rules = get_import_window(world.viewer, world.harbour.id)
    assert (rules.hours, rules.changed_at is not None) == ("22:00-04:30", True)
    event = Event.objects.get(name="partner.import_window_set")
    assert event.partner_id == world.harbour.id
    assert (
        event.message == "Nightly imports of Harbour Cloud are now 22:00-04:30, Europe/Berlin time"
    )
    assert event.details["before"] == {"is_enabled": True, "hours": "01:00-05:00"}
    set_import_window(world.admin, world.harbour.id, **NIGHT)
    assert Event.objects.filter(name="partner.import_window_set").count() == 1, "no change"
    set_import_window(world.admin, world.harbour.id, **{**NIGHT, "is_enabled": False})
    assert not ImportWindow.objects.get().is_enabled


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(time(1), time(1)), (time(1), time(1, 29)), (time(23, 45), time(0, 10))],
)
def test_customers_need_room_to_be_spread(world: World, opens: time, closes: time) -> None:
    with pytest.raises(Invalid) as refusal:
        set_import_window(
            world.admin, world.harbour.id, is_enabled=True, opens=opens, closes=closes
        )
    assert refusal.value.fields == {"closes": "Choose an end at least 30 minutes after the start."}


def test_the_provider_sees_all_windows_and_a_partner_its_own(world: World) -> None:
    names = [rules.partner_name for rules in list_import_windows(world.owner)]
    assert names == ["Harbour Cloud", "Other Shore IT", "Quay Software"]
    assert [rules.partner_name for rules in list_import_windows(world.viewer)] == ["Harbour Cloud"]
    set_import_window(world.owner, world.harbour.id, **NIGHT)


def test_an_editor_is_refused_and_a_stranger_finds_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        set_import_window(world.editor, world.harbour.id, **NIGHT)
    with pytest.raises(PartnerNotFound):
        set_import_window(world.stranger, world.harbour.id, **NIGHT)
    with pytest.raises(PartnerNotFound):
        get_import_window(world.stranger, world.harbour.id)
