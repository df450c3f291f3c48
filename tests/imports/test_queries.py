"""Reading import runs: scoped by the actor, in a fixed number of queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pilotage.customers.models import Customer
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.as_json import error_as_json, run_as_json
from pilotage.imports.attention import failing_customers, failing_runs
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.errors import ImportRunNotFound
from pilotage.imports.models import (
    CollectorState,
    ImportRun,
    RunError,
    RunState,
    RunWait,
    WaitingReason,
)
from pilotage.imports.queries import (
    find_latest_run,
    get_run,
    list_import_errors,
    list_runs,
    progress_for,
    progress_of,
)
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.connected import connect, ended


def customers(world: World, number: int) -> list[Customer]:
    return [connect(world.add_customer(organization_name=f"Customer {at}")) for at in range(number)]


def test_a_stranger_finds_nothing(world: World) -> None:
    customer = connect(world.add_customer())
    run = ended(world, customer)
    RunError.objects.create(run=run, code="permission_missing")
    for actor in (world.viewer, world.owner):
        assert [r.id for r in list_runs(actor, customer.id)] == [run.id]
        assert list_import_errors(actor, run.id).count() == 1
        assert progress_for(actor, [customer])[customer.id].run_id == run.id
    stranger = world.stranger
    assert not list_runs(stranger).exists()
    assert not list_import_errors(stranger, run.id).exists()
    assert find_latest_run(stranger, customer.id) is None
    assert progress_for(stranger, [customer]) == {}
    assert not failing_customers(stranger).exists()
    with pytest.raises(ImportRunNotFound):
        get_run(stranger, run.id)


def test_the_latest_run_of_each_customer(world: World) -> None:
    first, second = customers(world, 2)
    ended(world, first)
    latest = request_import(world.editor, first.id)
    other = ended(world, second)
    found = progress_for(world.viewer, [first, second])
    assert {key: value.run_id for key, value in found.items()} == {
        first.id: latest.id,
        second.id: other.id,
    }
    assert find_latest_run(world.viewer, first.id) == latest


@pytest.mark.parametrize("number", [3, 30])
def test_any_number_of_rows_takes_four_queries(
    world: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = customers(world, number)
    for customer in rows:
        RunError.objects.create(run=ended(world, customer), code="permission_missing")
    with django_assert_num_queries(4):
        found = progress_for(world.viewer, rows)
        assert {p.errors for p in found.values()} == {1}
        assert all(len(p.collectors) == len(COLLECTORS) for p in found.values())
    with django_assert_num_queries(4):
        assert len([run_as_json(run) for run in list_runs(world.viewer)]) == number


def test_progress_by_weight_and_count(world: World) -> None:
    run = request_import(world.editor, connect(world.add_customer()).id)
    ImportRun.objects.update(state=RunState.RUNNING, started_at=clock.now() - timedelta(seconds=30))
    early = run.collectors.filter(collector__in=["organization", "domains", "subscribed_skus"])
    early.update(state=CollectorState.SUCCEEDED)
    run.collectors.filter(collector="users").update(
        state=CollectorState.RUNNING, read=2_500, expected=5_000, seconds=10
    )
    shown = progress_of(get_run(world.viewer, run.id))
    total = sum(collector.weight for collector in COLLECTORS)
    assert shown.percent == int(100 * (3 + 15) / total)
    assert shown.headline == "Importing users: 2,500 of 5,000"
    users = next(line for line in shown.collectors if line.name == "users")
    assert (users.percent, users.rate) == (50, 250.0)
    assert shown.seconds_left is not None and 100 < shown.seconds_left < 200
    assert shown.left == "3 min"
    run.collectors.filter(collector="users").update(read=9_000)
    over = progress_of(get_run(world.viewer, run.id))
    assert next(line for line in over.collectors if line.name == "users").percent == 99


def test_waiting_is_told_in_the_time_zone_of_the_page(world: World) -> None:
    run = request_import(world.editor, connect(world.add_customer()).id)
    run.state, run.waiting_reason = RunState.WAITING, WaitingReason.THROTTLED
    run.waiting_until = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
    run.save()
    with timezone.override("Europe/Berlin"), clock.set_to(run.waiting_until - timedelta(hours=1)):
        assert progress_of(run).waiting == "Throttled until 10:42"
    with timezone.override("Europe/Berlin"), clock.set_to(run.waiting_until - timedelta(minutes=1)):
        assert progress_of(run).waiting == "Throttled until 10:42:00"
    assert run_as_json(run)["waiting"] == {
        "reason": "throttled",
        "until": "2026-11-23T09:42:00+00:00",
    }


def test_only_what_is_still_wrong_counts(world: World) -> None:
    run = ended(world, connect(world.add_customer()))
    RunError.objects.create(run=run, collector="users", code="object_unreadable", count=3)
    RunError.objects.create(run=run, collector="users", code="throttled")
    RunError.objects.create(
        run=run, collector="groups", code="graph_unavailable", resolved_at=clock.now()
    )
    assert progress_of(get_run(world.viewer, run.id)).errors == 3


def test_an_error_says_who_acts_and_how(world: World) -> None:
    run = ended(world, connect(world.add_customer()))
    error = RunError.objects.create(
        run=run, collector="devices", code="permission_missing", request_id="r-1", http_status=403
    )
    shown = error_as_json(error)
    assert (shown["severity"], shown["acts"], shown["action"]) == ("error", "customer", "reconsent")
    assert shown["remedy"].startswith("Send the activation link again")
    assert (shown["request_id"], shown["http_status"]) == ("r-1", 403)


def test_an_import_that_has_ended_does_not_go_on_by_itself(world: World) -> None:
    run = request_import(world.editor, connect(world.add_customer()).id)
    error = RunError.objects.create(run=run, collector="organization", code="propagation")
    assert error_as_json(error)["remedy"] == "Nothing to do: the import goes on by itself."
    run.state = RunState.FAILED
    assert "the import ended" in error_as_json(error)["remedy"]
    error.resolved_at = clock.now()
    assert "the import ended" not in error_as_json(error)["remedy"]


def test_customers_that_need_a_look(world: World) -> None:
    failed, good = customers(world, 2)
    ended(world, failed)
    latest = ended(world, failed)
    ended(world, good)
    ended(world, good, RunState.SUCCEEDED)
    assert list(failing_customers(world.viewer)) == [failed]
    assert list(failing_runs(world.viewer)) == [latest]
    assert not failing_runs(world.stranger).exists()


def test_each_part_that_is_missing_has_its_reason(world: World) -> None:
    run = ended(world, connect(world.add_customer()), RunState.PARTIALLY_SUCCEEDED)
    run.collectors.filter(collector="devices").update(state=CollectorState.SKIPPED)
    RunError.objects.create(run=run, collector="users", code="throttled", resolved_at=clock.now())
    RunError.objects.create(run=run, collector="users", code="graph_unavailable")
    RunError.objects.create(run=run, collector="groups", code="object_unreadable")
    run = get_run(world.viewer, run.id)
    shown = run_as_json(run)["collectors"]
    assert shown["users"]["reason"]["code"] == "graph_unavailable"
    assert shown["devices"]["reason"] is None, "left out for no fault of anybody's"
    assert shown["groups"]["reason"] is None, "some of its objects, but it was read"
    lines = {line.name: line for line in progress_of(run).collectors}
    assert lines["users"].reason == shown["users"]["reason"]["text"]
    assert lines["users"].pages == 2


def test_time_that_was_waited_is_not_taken_for_work(world: World) -> None:
    run = request_import(world.editor, connect(world.add_customer()).id)
    now = clock.now()
    run.state, run.started_at = RunState.RUNNING, now - timedelta(seconds=1_030)
    run.save()
    run.collectors.filter(collector="users").update(
        state=CollectorState.RUNNING, read=2_500, expected=5_000, seconds=10
    )
    hasty = progress_of(get_run(world.viewer, run.id)).seconds_left
    RunWait.objects.create(
        run=run,
        reason=WaitingReason.THROTTLED,
        began_at=now - timedelta(seconds=1_020),
        until=now,
        ended_at=now - timedelta(seconds=20),
    )
    left = progress_of(get_run(world.viewer, run.id)).seconds_left
    assert hasty is not None and left is not None
    assert left < 300 < hasty
