"""Lists and members of a Graph that repeats, leaves out, or holds one list back."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from pilotage.directory.models import User
from pilotage.imports.chains import choose
from pilotage.imports.models import ImportRun, RunState
from pilotage.kernel import clock
from pilotage.microsoft.graph import throttle
from tests.imports.conftest import NewStage
from tests.imports.meddling import meddling, untouched
from tests.imports.stage import Stage


def test_through_the_meddler(stage: Stage, settings: Settings, tmp_path: Path) -> None:
    with meddling(settings, tmp_path, untouched):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()


def test_a_429_on_one_optional_list_costs_nothing_else(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """microsoft.md A4: "so its 403 or 429 costs nothing else"."""
    run = stage.request()
    with stage.fault("throttle", "signInActivity", options={"seconds": 600}):
        for _ in range(12):
            stage.run(run)
            if run.is_finished:
                break
            throttle._throttles.clear()
            ImportRun.objects.filter(id=run.id).update(
                waiting_until=clock.now() - timedelta(seconds=1)
            )
    assert run.is_finished, (
        run.state,
        run.waits,
        dict(run.collectors.values_list("collector", "state")),
    )


def test_repeated_objects_do_not_hide_a_user_that_no_part_holds(
    new_stage: NewStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "MANY_OBJECTS", 10)
    stage = new_stage(users=60, groups=3, memberships=5, devices=2)
    odd = stage.truth_rows("users")[5]["id"]
    stage.change(update=[{"id": odd, "set": {"userPrincipalName": "&odd@harbour.example"}}])
    with stage.fault("duplicate_items", r"/users\?.*startswith", times=1, options={"items": 1}):
        run = stage.run()
    assert stage.collector(run, "users").way == "parted"
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert User.objects.filter(id=odd).exists(), (
        stage.collector(run, "users").read,
        stage.collector(run, "users").expected,
    )


def _no_members(method, target, status, headers, body):  # type: ignore[no-untyped-def]
    """A server whose changes of groups leave the members out (it passes over $select=members)."""
    if "/groups/delta" in target and isinstance(body, dict):
        for one in body.get("value", []):
            one.pop("members@delta", None)
    return status, headers, body


@pytest.mark.parametrize("groups", [5, 230])
def test_changes_of_groups_without_members_lose_no_membership(
    new_stage: NewStage, settings: Settings, tmp_path: Path, groups: int
) -> None:
    stage = new_stage(users=60, groups=groups, memberships=400, devices=2)
    with meddling(settings, tmp_path, _no_members):
        run = stage.run()
    way = stage.collector(run, "memberships").way
    assert len(stage.imported("memberships")) == len(stage.truth("memberships")), (run.state, way)
