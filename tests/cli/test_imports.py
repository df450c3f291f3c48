"""`pilotage imports show`: the record of one run."""

from datetime import timedelta

from pilotage.imports.as_json import error_as_json
from pilotage.imports.models import CollectorState, RunError, RunState, RunWait, WaitingReason
from pilotage.kernel import clock
from tests.cast import World
from tests.cli.conftest import Pilotage
from tests.imports.connected import connect, ended


def test_show_says_why_a_part_is_missing_and_what_was_waited_for(
    world: World, pilotage: Pilotage
) -> None:
    run = ended(world, connect(world.add_customer()), RunState.PARTIALLY_SUCCEEDED)
    run.collectors.filter(collector="devices").update(state=CollectorState.FAILED)
    RunError.objects.create(run=run, collector="devices", code="permission_missing")
    RunWait.objects.create(
        run=run, collector="devices", reason=WaitingReason.THROTTLED, until=clock.now(),
        began_at=clock.now() - timedelta(seconds=90), ended_at=clock.now(),
    )  # fmt: skip
    shown = pilotage("imports", "show", run.id)
    assert shown.code == 0
    devices = next(line for line in shown.out.splitlines() if line.startswith("devices"))
    assert "failed" in devices and "permission_missing" in devices
    assert "throttled" in shown.out
    assert "Resource units" in shown.out and "Percent" not in shown.out
    reason = pilotage("imports", "show", run.id, "--json").json["collectors"]["devices"]["reason"]
    assert reason["code"] == "permission_missing"


def test_show_lists_what_went_wrong_as_the_api_does(world: World, pilotage: Pilotage) -> None:
    run = ended(world, connect(world.add_customer()))
    assert "What happened" not in pilotage("imports", "show", run.id).out
    RunError.objects.create(
        run=run, collector="users", code="graph_unavailable", request_id="r-1", count=3
    )
    out = pilotage("imports", "show", run.id).out
    line = next(line for line in out.splitlines() if line.startswith("graph_unavailable"))
    for fact in ("users", "3", "Microsoft Graph did not answer.", "retry after that", "r-1"):
        assert fact in line
    (error,) = pilotage("imports", "show", run.id, "--json").json["errors"]
    assert error == error_as_json(run.errors.get())


def test_show_tells_how_far_a_run_is(world: World, pilotage: Pilotage) -> None:
    run = ended(world, connect(world.add_customer()))
    run.state, run.finished_at = RunState.RUNNING, None
    run.started_at = clock.now() - timedelta(seconds=10)
    run.save()
    run.collectors.update(state=CollectorState.SUCCEEDED)
    run.collectors.filter(collector="users").update(
        state=CollectorState.RUNNING, read=500, expected=1_000, seconds=10
    )
    out = pilotage("imports", "show", run.id).out
    facts = dict(line.split(maxsplit=1) for line in out.splitlines() if line.startswith("Percent"))
    assert 0 < int(facts["Percent"]) < 100
    assert "Seconds left        10" in out
