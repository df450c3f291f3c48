"""What was removed long ago is deleted; what was removed lately, and what is there, stays."""

from datetime import timedelta

import pytest

from pilotage.directory.models import Membership, User
from pilotage.imports import purge_removed as purging
from pilotage.imports.models import ImportRun, ObjectChange
from pilotage.imports.upkeep import purge
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.connected import connect, ended


@pytest.mark.parametrize("batch", [1, 5_000])
def test_only_what_was_removed_long_ago_goes(
    world: World, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "BATCH", batch)
    customers = [world.add_customer(), world.add_customer(organization_name="Fabrikam")]
    long_ago, lately = (clock.now() - timedelta(days=days) for days in (91, 89))
    for customer in customers:
        for name, removed_at in (("there", None), ("lately", lately), ("long ago", long_ago)):
            User.objects.create(customer=customer, id=name, removed_at=removed_at)
            Membership.objects.create(
                customer=customer, group_id="g", member_id=name, removed_at=removed_at
            )
    purge()
    left = User.with_removed.values_list("customer_id", "id")
    assert set(left) == {(c.id, name) for c in customers for name in ("there", "lately")}
    assert Membership.with_removed.count() == 4
    assert purging.purge_removed() == 0


def test_notes_go_and_runs_stay(world: World) -> None:
    customer = connect(world.add_customer())
    old, new = ended(world, customer), ended(world, customer)
    ImportRun.objects.filter(id=old.id).update(finished_at=clock.now() - timedelta(days=91))
    for run in (old, new):
        ObjectChange.objects.create(run=run, collector="users", key="u1", change="added")
    purge()
    assert ObjectChange.objects.get().run_id == new.id
    assert ImportRun.objects.count() == 2
