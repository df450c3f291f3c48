"""The page of what counts as a seat, and the picture of seats over time."""

from datetime import timedelta

import pytest
from django.test import Client

from pilotage.directory.models import SeatCount
from pilotage.kernel import clock
from pilotage.partners.counting_rule import get_counting_rule
from tests.cast import World
from tests.directory.people import imported
from tests.web.conftest import SignIn

PAGE = "/settings/counting-rules"


def test_an_admin_changes_the_rule(world: World, sign_in: SignIn) -> None:
    admin, panel = sign_in(world.admin), f"{PAGE}/{world.harbour.id}"
    assert "A user with a licence" in admin.get(PAGE).content.decode()
    assert "FLOW_FREE" in admin.get(panel).content.decode()
    refused = admin.post(panel, {"counts_blocked": "no", "left_out": "STREAM, <b>"})
    assert refused.status_code == 422
    assert 'value="STREAM, &lt;b&gt;"' in refused.content.decode(), "what was typed is still there"
    done = admin.post(panel, {"counts_blocked": "no", "left_out": "STREAM; flow_free\nVISIO"})
    assert (done.status_code, done["Location"]) == (303, PAGE)
    rules = get_counting_rule(world.admin, world.harbour.id)
    assert (rules.counts_blocked, rules.left_out) == (False, ("flow_free", "STREAM", "VISIO"))


def test_others_look_but_do_not_change(world: World, editor: Client, stranger: Client) -> None:
    assert "Change the rule" not in editor.get(PAGE).content.decode()
    assert editor.post(f"{PAGE}/{world.harbour.id}").status_code == 403
    assert "Harbour Cloud" not in stranger.get(PAGE).content.decode()
    assert stranger.get(f"{PAGE}/{world.harbour.id}").status_code == 404


@pytest.mark.parametrize("days", [1, 60])
def test_seats_over_time(world: World, viewer: Client, days: int) -> None:
    customer = imported(world)
    address = f"/customers/{customer.id}/directory/licences"
    assert "Seats over time" not in viewer.get(address).content.decode()
    today = clock.day_in(clock.now(), customer.partner.time_zone)
    SeatCount.objects.create(customer=customer, day=today - timedelta(days=days), seats=1_234)
    text = viewer.get(address).content.decode()
    assert "at most 1,234" in text and text.count('<rect class="bar"') == days + 1
    assert "A seat is: A user with a licence." in text
    assert "<td>1,234</td>" in text, "the table of screen readers has the numbers too"
