"""Add partner."""

import pytest

from pilotage.catalog.queries import sellable_skus
from pilotage.events.models import Event
from pilotage.kernel.errors import Forbidden, Invalid
from pilotage.partners.actions.add_partner import add_partner
from pilotage.partners.errors import NoPartnersBelow, PartnerNameTaken
from pilotage.partners.queries import PartnerNotFound, visible_to
from tests.cast import World

NEW = {"name": "Lighthouse IT", "email": "hello@lighthouse.example", "time_zone": "Asia/Tokyo"}


def test_a_partner_stands_under_its_distributor_and_sells_its_list(world: World) -> None:
    distributor = add_partner(world.owner, parent_id=world.provider.id, kind="distributor", **NEW)
    child = add_partner(
        world.owner, parent_id=distributor.id, name="Pier", email="hello@pier.example"
    )
    world.owner.require_provider()
    assert child.parent_id == distributor.id
    sku = sellable_skus(world.owner, world.harbour.id)[0]
    sku.sold_by.add(distributor)
    assert sku in sellable_skus(world.owner, child.id)
    assert Event.objects.filter(name="partner.added").count() == 2
    assert child not in visible_to(world.stranger)


def test_names_are_unique_under_one_parent(world: World) -> None:
    add_partner(world.owner, parent_id=world.provider.id, **NEW)
    with pytest.raises(PartnerNameTaken):
        add_partner(world.owner, parent_id=world.provider.id, **{**NEW, "name": "LIGHTHOUSE it"})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"email": "hello"}, "email"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"kind": "provider"}, "kind"),
    ],
)
def test_what_is_entered_is_checked(world: World, change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_partner(world.owner, parent_id=world.provider.id, **{**NEW, **change})
    assert list(refused.value.fields) == [field]


def test_strangers_editors_and_plain_partners_cannot(world: World) -> None:
    with pytest.raises(PartnerNotFound):
        add_partner(world.stranger, parent_id=world.harbour.id, **NEW)
    with pytest.raises(Forbidden):
        add_partner(world.editor, parent_id=world.harbour.id, **NEW)
    with pytest.raises(NoPartnersBelow):
        add_partner(world.admin, parent_id=world.harbour.id, **NEW)
