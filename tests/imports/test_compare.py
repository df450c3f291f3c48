"""What is different between two imports."""

from typing import Any
from uuid import uuid4

import pytest

from pilotage.imports.compare import compare, list_changes
from pilotage.imports.errors import ImportRunNotFound, NotAnEarlierImport
from pilotage.imports.models import ImportRun, ObjectChange
from pilotage.kernel.errors import Invalid
from tests.cast import World
from tests.imports.conftest import NewStage
from tests.imports.connected import connect, ended
from tests.imports.stage import Stage


def note(run: ImportRun, key: str, change: str, **details: list[Any]) -> None:
    ObjectChange.objects.create(
        run=run, collector="users", key=key, change=change, details=details or None
    )


@pytest.fixture
def runs(world: World) -> list[ImportRun]:
    customer = connect(world.add_customer())
    return [ended(world, customer) for _ in range(4)]


def kinds(world: World, run: ImportRun, since: ImportRun | None = None) -> dict[str, str]:
    between = compare(world.viewer, run.id, since.id if since else None)
    page = list_changes(between)
    assert between.total == len(page.changes)
    return {change.key: change.change for change in page.changes}


def test_the_notes_of_all_runs_in_between_are_put_together(
    world: World, runs: list[ImportRun]
) -> None:
    _, second, third, fourth = runs
    note(second, "came and went", "added")
    note(third, "came and went", "removed")
    note(second, "came", "added")
    note(third, "came", "changed", department=["A", "B"])
    note(second, "went and came back", "removed")
    note(fourth, "went and came back", "restored", department=["A", "C"])
    note(third, "went", "changed", department=["A", "B"])
    note(fourth, "went", "removed")
    note(fourth, "back after long", "restored")
    assert kinds(world, fourth, runs[0]) == {
        "came": "added",
        "went and came back": "changed",
        "went": "removed",
        "back after long": "restored",
    }
    assert kinds(world, third, second) == {
        "came and went": "removed", "came": "changed", "went": "changed",
    }  # fmt: skip
    assert kinds(world, third) == kinds(world, third, second), "the run before, if none is named"


def test_what_changed_twice_is_told_from_the_first_value_to_the_last(
    world: World, runs: list[ImportRun]
) -> None:
    note(runs[1], "u1", "changed", department=["A", "B"], city=["Rome", None])
    note(runs[2], "u1", "changed", department=["B", "C"], city=[None, "Rome"])
    (change,) = list_changes(compare(world.viewer, runs[2].id, runs[0].id)).changes
    assert change.details == {"department": ["A", "C"]}, "the city is as it was"


def test_pages_and_filters(world: World, runs: list[ImportRun]) -> None:
    for at in range(7):
        note(runs[1], f"u{at}", "added" if at % 2 else "removed")
    between = compare(world.viewer, runs[1].id)
    seen, cursor = [], ""
    while True:
        page = list_changes(between, cursor=cursor, size=3)
        seen += [change.key for change in page.changes]
        cursor = page.next
        if not cursor:
            break
    assert seen == [f"u{at}" for at in range(7)]
    assert {c.key for c in list_changes(between, change="added").changes} == {"u1", "u3", "u5"}
    assert not list_changes(between, collector="groups").changes
    with pytest.raises(Invalid):
        list_changes(between, change="painted")
    for damaged in ("x", "-1", "9" * 30, "١"):
        with pytest.raises(Invalid):
            list_changes(between, cursor=damaged)


def test_only_with_an_earlier_run_of_the_same_customer(world: World, runs: list[ImportRun]) -> None:
    other = ended(world, connect(world.add_customer(organization_name="Fabrikam")))
    for wrong in (runs[3], runs[2], other):
        with pytest.raises(NotAnEarlierImport):
            compare(world.viewer, runs[2].id, wrong.id)
    with pytest.raises(ImportRunNotFound):
        compare(world.viewer, runs[2].id, uuid4())
    with pytest.raises(ImportRunNotFound):
        compare(world.stranger, runs[2].id)


def test_a_tenants_changes_are_told_by_name(stage: Stage) -> None:
    first = stage.run()
    user = next(row for row in stage.truth_rows("users") if row["userPrincipalName"][:5] != "admin")
    stage.change(update=[{"id": user["id"], "set": {"department": "Diving"}}], groups_deleted=1)
    run = stage.run(stage.request(is_full=False))
    between = compare(stage.world.viewer, run.id)
    assert between.since is not None and between.since.id == first.id
    assert between.fresh == {}
    assert between.counts["users"] == {"changed": 1}
    assert between.counts["groups"] == {"removed": 1}
    (change,) = list_changes(between, collector="users").changes
    assert change.name == user["displayName"]
    assert change.details["department"][1] == "Diving"
    (gone,) = list_changes(between, collector="groups").changes
    assert gone.name, "a removed group still has its name"
    start = compare(stage.world.viewer, first.id)
    assert (start.since, start.counts, start.fresh["users"]) == (None, {}, 60)


def test_a_full_import_of_the_same_finds_nothing(new_stage: NewStage) -> None:
    stage = new_stage(users=30)
    stage.run()
    between = compare(stage.world.viewer, stage.run().id)
    assert (between.counts, between.fresh) == ({}, {})
