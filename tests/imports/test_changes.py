"""After the first import only what has changed is read, and it ends the same."""

from pathlib import Path
from threading import Event

import pytest
from pytest_django import Settings

from pilotage.customers.models import Customer
from pilotage.directory import models as directory
from pilotage.imports.chains.listing import PartChain
from pilotage.imports.chains.step import NotOffered
from pilotage.imports.collectors.users import USERS
from pilotage.imports.models import (
    DeltaLink,
    ImportRun,
    ObjectChange,
    Phase,
    RunKind,
    RunState,
)
from pilotage.imports.run import delta_links
from pilotage.imports.run.drive import drive
from pilotage.imports.run.source import Source
from tests.imports.conftest import NewStage
from tests.imports.scripted import scripted_graph, smallest
from tests.imports.stage import Stage

WITH_LINKS = {
    "users", "groups", "memberships", "devices", "service_principals", "administrative_units",
    "administrative_unit_members",
}  # fmt: skip
CHANGES = {
    "users_added": 5, "users_updated": 7, "users_deleted": 4, "groups_deleted": 2,
    "devices_deleted": 3, "memberships_added": 6, "memberships_deleted": 6,
}  # fmt: skip


def again(stage: Stage) -> ImportRun:
    return stage.run(stage.request(is_full=False))


def read(stage: Stage, run: ImportRun, names: set[str] = WITH_LINKS) -> int:
    return sum(stage.collector(run, name).read for name in names)


def test_a_full_import_leaves_links_for_the_next(stage: Stage) -> None:
    assert stage.run().kind == RunKind.FULL
    assert set(DeltaLink.objects.values_list("collector", flat=True)) == WITH_LINKS


def test_without_changes_next_to_nothing_is_read(stage: Stage) -> None:
    first = stage.run()
    run = again(stage)
    assert (run.kind, run.state) == (RunKind.DELTA, RunState.SUCCEEDED)
    assert read(stage, run) == 0
    assert sum(progress.written + progress.removed for progress in run.collectors.all()) == 0
    assert not ObjectChange.objects.exists()
    assert run.resource_units < first.resource_units


def test_changes_are_followed(stage: Stage) -> None:
    stage.run()
    for seed in (1, 2, 3):
        stage.change(**CHANGES, seed=seed)
        run = again(stage)
        assert run.state == RunState.SUCCEEDED, run.outcome
        stage.assert_equals_truth()
        assert 0 < read(stage, run) < 80
    stage.customer.refresh_from_db()
    licensed = directory.User.objects.filter(licence_sku_ids__len__gt=0)
    assert stage.customer.seats_used == licensed.count()


def test_seats_are_counted_again_only_when_they_may_have_changed(stage: Stage) -> None:
    run = stage.run()
    customers = Customer.objects.filter(id=stage.customer.id)
    true = customers.get().seats_used
    customers.update(seats_used=777)
    again(stage)
    assert customers.get().seats_used == 777
    # A run that failed may have left changes that it has not counted.
    ImportRun.objects.filter(number=run.number + 1).update(state=RunState.FAILED)
    again(stage)
    assert customers.get().seats_used == true
    customers.update(seats_used=777)
    stage.change(users_deleted=1)
    again(stage)
    assert customers.get().seats_used in {true, true - 1}


def test_a_change_names_only_what_is_new_and_leaves_the_rest(stage: Stage) -> None:
    stage.run()
    before = directory.User.objects.filter(licence_sku_ids__len__gt=0).order_by("id")[0]
    stage.change(update=[{"id": before.id, "set": {"department": "Diving", "city": None}}])
    again(stage)
    after = directory.User.objects.get(id=before.id)
    assert (after.department, after.rest["city"]) == ("Diving", None)
    assert after.display_name == before.display_name
    assert after.licence_sku_ids == before.licence_sku_ids
    assert after.rest["proxyAddresses"] == before.rest["proxyAddresses"]
    noted = ObjectChange.objects.get(collector="users")
    assert (noted.key, noted.change) == (before.id, "changed")
    assert noted.details == {
        "department": [before.department, "Diving"],
        **({"city": [before.rest["city"], None]} if before.rest["city"] else {}),
    }


def test_what_was_removed_is_marked_and_comes_back(stage: Stage) -> None:
    stage.run()
    before = {row[0] for row in stage.imported("users")}
    stage.change(users_deleted=4, seed=5)
    again(stage)
    gone = before - {row[0] for row in stage.imported("users")}
    assert len(gone) == 4
    kept = directory.User.with_removed.filter(id__in=gone)
    assert kept.count() == 4 and all(user.removed_at for user in kept)
    noted = ObjectChange.objects.filter(collector="users", change="removed")
    assert set(noted.values_list("key", flat=True)) == gone


@pytest.mark.parametrize("status", [400, 410])
def test_a_link_that_is_no_longer_known_means_reading_it_all(stage: Stage, status: int) -> None:
    stage.run()
    stage.change(**CHANGES, seed=4)
    options = {"status": status, "code": "syncStateNotFound", "message": "Resync required."}
    with stage.fault("graph_error", r"^/v1\.0/users/delta", times=1, options=options):
        run = again(stage)
    assert run.state == RunState.SUCCEEDED, run.outcome
    users = stage.collector(run, "users")
    assert (users.is_delta, users.restarts) == (False, 1)
    assert users.read >= len(stage.truth("users"))
    stage.assert_equals_truth()
    assert again(stage).state == RunState.SUCCEEDED
    stage.assert_equals_truth()


def test_old_links_and_those_of_another_selection_are_not_used(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.run()
    DeltaLink.objects.filter(collector="users").update(select="id")
    run = again(stage)
    assert not stage.collector(run, "users").is_delta
    assert stage.collector(run, "groups").is_delta
    monkeypatch.setattr(delta_links, "GOOD_FOR", delta_links.GOOD_FOR * 0)
    assert not stage.collector(again(stage), "groups").is_delta


def test_an_object_that_could_not_be_read_keeps_the_list_whole(stage: Stage) -> None:
    stage.run()
    DeltaLink.objects.filter(collector="devices").delete()
    run = again(stage)
    assert not stage.collector(run, "devices").is_delta
    assert DeltaLink.objects.filter(collector="devices").exists()


def test_a_large_tenant_is_read_in_parts_and_stopped_at_every_page(new_stage: NewStage) -> None:
    stage = new_stage(users=5_400, groups=230, memberships=900, devices=20)
    run, turns, ways = stage.request(), 0, set()
    while not run.is_finished:
        # Things go on happening in the tenant while it is being read.
        if turns in {6, 20}:
            stage.change(users_added=3, users_updated=30, users_deleted=3, seed=turns)
        drive(run.id, should_stop=lambda: True)
        run.refresh_from_db()
        ways |= set(run.collectors.exclude(way="").values_list("collector", "way"))
        turns += 1
        assert turns < 200
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert {("users", "parted"), ("memberships", "by_ids")} <= ways
    # What was at its end before the second change is told by the next run.
    stage.assert_equals_truth(
        but=frozenset({"administrative-unit-members", "app-role-assignments"})
    )
    again(stage)
    stage.assert_equals_truth()


def test_parts_that_do_not_add_up_are_read_once_more_as_a_whole(new_stage: NewStage) -> None:
    stage = new_stage(users=5_200, groups=5, memberships=10, devices=5)
    run = stage.request()
    while stage.collector(run, "users").phase != Phase.LISTING:
        drive(run.id, should_stop=lambda: True)
    users = stage.collector(run, "users")
    # As if names began with something that nobody has thought of.
    users.chains.filter(start__in=["a", "m"]).update(is_done=True)
    stage.run(run)
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()


def test_a_server_that_refuses_filters_is_read_without(new_stage: NewStage) -> None:
    stage = new_stage(users=5_200, groups=210, memberships=300, devices=5)
    options = {"status": 400, "code": "Request_UnsupportedQuery", "message": "No."}
    with (
        stage.fault("graph_error", r"startswith", options=options),
        stage.fault("graph_error", r"groups/delta\?.*filter", options=options),
    ):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert stage.collector(run, "users").way == "paged"
    assert stage.collector(run, "memberships").way == "delta"
    stage.assert_equals_truth()


def test_parts_without_the_changes_behind_them_are_read_once_more_as_a_whole(
    new_stage: NewStage,
) -> None:
    stage = new_stage(users=5_100, groups=0, memberships=0, devices=0)
    told = r"^/v1\.0/users/delta.*deltatoken=(?!latest)"
    with stage.fault("other_body", told, options={"body": '{"value":[]}'}):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    users = stage.collector(run, "users")
    assert (users.way, users.delta_link) == ("paged", "")
    assert not DeltaLink.objects.filter(collector="users").exists()
    stage.assert_equals_truth()


def test_a_server_that_passes_over_the_filter_is_found_out(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    assert USERS.partition is not None
    everybody = [{"id": "u1", "userPrincipalName": "Zoe@tiny.example"}, {"id": "u2"}]
    lists = smallest(stage.tenant_id) | {"/users": everybody}
    with scripted_graph(stage, settings, tmp_path, lists):
        client = Source(stage.tenant_id).client(Event())
        for beginning in ("a", "z"):
            part = PartChain(USERS, USERS.partition, beginning)
            with pytest.raises(NotOffered):
                next(part.steps(client, stage.customer.id, ""))
