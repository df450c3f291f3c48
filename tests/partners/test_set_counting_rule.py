"""What counts as a seat: who may say so, and what is refused."""

import pytest

from pilotage.events.models import Event
from pilotage.kernel.errors import Forbidden, Invalid
from pilotage.partners.actions.set_counting_rule import set_counting_rule
from pilotage.partners.counting_rule import get_counting_rule, list_counting_rules
from pilotage.partners.queries import PartnerNotFound
from tests.cast import World


def test_set_and_told(world: World) -> None:
    before = get_counting_rule(world.viewer, world.harbour.id)
    assert before.words == "A user with a licence"
    for _ in range(2):
        after = set_counting_rule(
            world.admin, world.harbour.id, counts_blocked=False,
            left_out=["STREAM", " flow_free ", "FLOW_FREE", ""],
        )  # fmt: skip
    assert after.left_out == ("FLOW_FREE", "STREAM")
    assert after.words == ("A user who may sign in and has a licence other than FLOW_FREE, STREAM")
    event = Event.objects.get(name="partner.counting_rule_set")
    assert event.details["before"] == {"counts_blocked": True, "left_out": []}
    assert list_counting_rules(world.stranger)[0].words == "A user with a licence"


@pytest.mark.parametrize(
    "names", [["Microsoft 365 E3"], ["<b>"], ["é"], [f"A{n}" for n in range(101)]]
)
def test_what_is_no_product_is_refused(world: World, names: list[str]) -> None:
    with pytest.raises(Invalid):
        set_counting_rule(world.admin, world.harbour.id, counts_blocked=True, left_out=names)


def test_who_may(world: World) -> None:
    for actor, refusal in ((world.editor, Forbidden), (world.stranger, PartnerNotFound)):
        with pytest.raises(refusal):
            set_counting_rule(actor, world.harbour.id, counts_blocked=False, left_out=[])
