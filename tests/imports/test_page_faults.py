"""Pages that are late, broken, doubled or lead nowhere good."""

from contextlib import ExitStack
from typing import Any

import pytest

from pilotage.imports.models import CollectorState, RunState
from pilotage.imports.run.drive import drive
from pilotage.microsoft.graph import turns
from tests.imports.conftest import NewStage
from tests.imports.stage import Stage
from tests.imports.test_waiting import go_on

LISTS = r"^/v1\.0/(users|groups|devices)"
SHUFFLED: list[tuple[str, dict[str, Any]]] = [
    ("duplicate_items", {"every": 2, "options": {"items": 20}}),
    ("moved_items", {"every": 2, "options": {"items": 20}}),
    ("empty_page", {"every": 3}),
]
BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("truncated_json", {"every": 5}),
    ("drop", {"every": 6}),
    ("html_200", {"every": 7}),
    ("server_error", {"every": 8, "options": {"status": 500}}),
    ("wrong_content_type", {"every": 3}),
    ("bom", {"every": 2}),
]


@pytest.mark.parametrize("faults", [SHUFFLED, BROKEN], ids=["shuffled", "broken"])
def test_it_makes_no_difference(
    new_stage: NewStage, faults: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    stage = new_stage(users=2_500)
    with ExitStack() as stack:
        for kind, rest in faults:
            stack.enter_context(stage.fault(kind, LISTS, **rest))
        run = stage.run()
        for _ in range(5):
            # Requests side by side may meet five faults in a row; then the run waits a little.
            if run.state == RunState.WAITING:
                go_on(stage, run)
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()


@pytest.mark.parametrize(
    ("kind", "code"), [("nextlink_loop", "link_loop"), ("nextlink_foreign_host", "foreign_link")]
)
def test_a_chain_that_leads_nowhere_ends_its_collector(
    new_stage: NewStage, kind: str, code: str
) -> None:
    stage = new_stage(users=20, groups=5, memberships=9, devices=2_500)
    stage.age_consent()
    with stage.fault(kind, r"^/v1\.0/devices"):
        run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED
    devices = stage.collector(run, "devices")
    assert (devices.state, devices.page_number > 0) == (CollectorState.FAILED, True)
    error = run.errors.get(collector="devices")
    assert error.code == code
    assert error.page_number == devices.page_number + 1
    assert set(stage.imported("service-principals")) == stage.truth("service-principals")


def test_a_failed_list_removes_nothing(stage: Stage) -> None:
    stage.age_consent()
    stage.run()
    stage.change(devices_deleted=5, seed=2)
    with stage.fault("permission_missing", r"^/v1\.0/devices"):
        stage.run()
    assert set(stage.imported("devices")) > stage.truth("devices")


@pytest.mark.parametrize(
    ("refused", "status", "way"),
    [
        (r"^/v1\.0/groups/delta", 400, "batch"),
        (r"^/v1\.0/groups/delta", 501, "batch"),
        (r"^/v1\.0/(groups/delta|\$batch)", 404, "one_by_one"),
    ],
)
def test_memberships_come_the_plain_way_where_the_clever_one_is_not_offered(
    stage: Stage, refused: str, way: str, status: int
) -> None:
    options = {"status": status, "code": "Request_BadRequest", "message": "No."}
    with stage.fault("graph_error", refused, options=options):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert stage.collector(run, "memberships").way == way
    stage.assert_equals_truth()


def test_a_large_group_goes_on_at_the_page_where_it_was(new_stage: NewStage) -> None:
    stage = new_stage(users=2_500, groups=6, memberships=5_000, devices=1)
    options = {"status": 400, "code": "Request_BadRequest", "message": "No."}
    run = stage.request()
    with stage.fault("graph_error", r"^/v1\.0/groups/delta", options=options):
        while not run.is_finished:
            drive(run.id, should_stop=lambda: True)
            run.refresh_from_db()
    assert run.state == RunState.SUCCEEDED
    memberships = stage.collector(run, "memberships")
    assert memberships.way == "batch"
    assert memberships.page_number > 2, "one for the batch, one for the end"
    assert memberships.read == len(stage.truth("memberships"))
    stage.assert_equals_truth()


def test_a_page_size_that_is_refused_is_left_to_the_server(stage: Stage) -> None:
    with stage.fault("graph_error", r"^/v1\.0/users\?.*\$top", options={"status": 400}):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED
    assert stage.collector(run, "users").way == "selected"
    stage.assert_equals_truth()
