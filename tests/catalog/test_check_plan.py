"""SKU and add-ons as one choice."""

import pytest

from pilotage.catalog.models import Sku
from pilotage.catalog.queries import check_plan, sellable_skus
from pilotage.kernel.errors import Invalid
from pilotage.partners.models import Partner
from tests.cast import World


def test_add_ons_that_fit_are_taken_once_each(world: World) -> None:
    plan = check_plan(world.editor, world.harbour.id, "enterprise", ["backup", "backup"])
    assert (plan.sku.code, [a.code for a in plan.add_ons]) == ("enterprise", ["backup"])


@pytest.mark.parametrize(
    ("sku", "add_ons", "at"),
    [
        ("", [], "sku"),
        ("nonsense", [], "sku"),
        ("education", ["backup"], "add_ons"),
        ("enterprise", ["\x00"], "add_ons"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(
    world: World, sku: str, add_ons: list[str], at: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        check_plan(world.editor, world.harbour.id, sku, add_ons)
    assert list(refusal.value.fields) == [at]


def test_a_partner_sells_what_is_listed_for_it_or_above_it(world: World) -> None:
    below = Partner.objects.create(parent=world.harbour, name="Pier 2", email="p@pier.example")
    only_other = Sku.objects.get(code="education")
    only_other.sold_by.set([world.other])
    codes = {s.code for s in sellable_skus(world.owner, below.id)}
    assert codes == {"essentials", "enterprise"}


def test_a_stranger_sees_no_catalogue_of_another_partner(world: World) -> None:
    assert not sellable_skus(world.stranger, world.harbour.id).exists()
