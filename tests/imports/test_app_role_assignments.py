"""Assignments come with their applications, in batches, or one application after the other."""

from collections.abc import Callable

import pytest

from pilotage.directory.models import AppRoleAssignment
from pilotage.imports.models import ImportRun, RunState
from pilotage.imports.run.drive import drive
from tests.imports.conftest import NewStage
from tests.imports.stage import Stage

ALL = "app-role-assignments"
REFUSED = {"status": 400, "code": "Request_UnsupportedQuery", "message": "No."}


@pytest.fixture
def crowded(new_stage: NewStage) -> Stage:
    """The most popular application has more users than fit on a page."""
    return new_stage(users=1_900, groups=4, memberships=9, devices=2)


@pytest.mark.parametrize(
    ("refused", "way"),
    [
        ("", "expanded"),
        (r"\$expand=", "batch"),
        (r"\$expand=|\$batch", "one_by_one"),
    ],
)
def test_every_way_brings_the_same(crowded: Stage, refused: str, way: str) -> None:
    with crowded.fault("graph_error", refused or "^/nothing", options=REFUSED):
        run = crowded.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert crowded.collector(run, "app_role_assignments").way == way
    assert set(crowded.imported(ALL)) == crowded.truth(ALL)
    assert AppRoleAssignment.objects.filter(created_at=None).count() == 0


@pytest.mark.parametrize("refused", ["^/nothing", r"\$expand="])
def test_it_goes_on_at_the_page_where_it_was(crowded: Stage, refused: str) -> None:
    run = crowded.request()
    with crowded.fault("graph_error", refused, options=REFUSED):
        while not run.is_finished:
            drive(run.id, should_stop=one_more_page(crowded, run))
            run.refresh_from_db()
    progress = crowded.collector(run, "app_role_assignments")
    assert progress.page_number > 2
    assert progress.read == len(crowded.truth(ALL)), "no page twice"
    crowded.assert_equals_truth()


def one_more_page(stage: Stage, run: ImportRun) -> Callable[[], bool]:
    """A `should_stop` that lets one page of assignments pass."""
    before = stage.collector(run, "app_role_assignments").page_number
    return lambda: stage.collector(run, "app_role_assignments").page_number > before


def test_what_was_taken_away_goes(stage: Stage) -> None:
    stage.run()
    held = AppRoleAssignment.objects.filter(principal_type="User").first()
    assert held is not None
    gone = {"group_id": held.resource_id, "member_id": held.principal_id}
    stage.change(remove_members=[gone], users_deleted=3)
    run = stage.run(stage.request(is_full=False))
    assert run.state == RunState.SUCCEEDED
    assert not AppRoleAssignment.objects.filter(id=held.id).exists()
    stage.assert_equals_truth()
