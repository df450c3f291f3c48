"""Load catalogue."""

import json

import pytest

from pilotage.catalog.actions.load_catalogue import CatalogueUnreadable, load_catalogue
from pilotage.catalog.models import AddOn, Sku
from pilotage.catalog.queries import sellable_skus
from pilotage.events.models import Event
from pilotage.kernel.actor import system_actor
from pilotage.kernel.errors import Forbidden, Invalid
from tests.cast import World

ACTOR = system_actor("command line")
FILE = {
    "add_ons": [{"code": "archive", "name": "Archive"}],
    "skus": [
        {"code": "premium", "name": "Premium", "seat_limit": 50, "add_ons": ["archive"]},
        {"code": "essentials", "name": "Essentials 2", "sold_by": ["Other Shore IT"]},
    ],
}


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def test_what_is_listed_is_inserted_or_changed_and_the_rest_stays(world: World) -> None:
    for _ in range(2):
        load_catalogue(ACTOR, text=as_bytes(FILE))
    assert Sku.objects.count() == 4
    premium = Sku.objects.get(code="premium")
    assert (premium.seat_limit, [a.code for a in premium.add_ons.all()]) == (50, ["archive"])
    assert premium in sellable_skus(world.owner, world.harbour.id)
    essentials = Sku.objects.get(code="essentials")
    assert essentials.name == "Essentials 2"
    assert essentials not in sellable_skus(world.owner, world.harbour.id)
    assert AddOn.objects.filter(code="backup").exists()
    assert Event.objects.filter(name="catalogue.loaded").count() == 2


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"\xff",
        as_bytes({"skuz": []}),
        as_bytes({"skus": [{"code": "A b", "name": "x"}]}),
        as_bytes({"skus": [{"code": "a", "name": "x", "seat_limit": -1}]}),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(world: World, text: bytes) -> None:
    with pytest.raises(CatalogueUnreadable):
        load_catalogue(ACTOR, text=text)


def test_nothing_of_a_file_with_a_mistake_is_kept(world: World) -> None:
    for mistake in ({"add_ons": ["nope"]}, {"sold_by": ["Nobody"]}):
        wrong = {"skus": [{"code": "new", "name": "New"}, {"code": "b", "name": "B", **mistake}]}
        with pytest.raises(Invalid):
            load_catalogue(ACTOR, text=as_bytes(wrong))
    assert not Sku.objects.filter(code="new").exists()


def test_only_the_provider_loads(world: World) -> None:
    with pytest.raises(Forbidden):
        load_catalogue(world.admin, text=as_bytes(FILE))
