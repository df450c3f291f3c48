"""Waiting for Microsoft: with a visible reason, without holding a worker, and not for ever."""

import contextlib
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.models import TenantConnection
from pilotage.events.models import Event
from pilotage.imports.as_json import error_as_json, run_as_json
from pilotage.imports.models import CollectorState, ImportRun, RunState, WaitingReason
from pilotage.imports.queries import get_run, progress_of
from pilotage.imports.run import crew, database_trouble
from pilotage.imports.run.crew import OPTIONAL_TRIES
from pilotage.imports.run.drive import drive
from pilotage.imports.run.turn import MAX_IDLE_STARTS
from pilotage.imports.run.verdict import UNAVAILABLE_SECONDS
from pilotage.kernel import clock
from pilotage.microsoft.graph import throttle, turns
from tests.imports.refusing import refusing
from tests.imports.stage import Stage, counting


def go_on(stage: Stage, run: ImportRun) -> ImportRun:
    """The time has come."""
    ImportRun.objects.filter(id=run.id).update(waiting_until=clock.now() - timedelta(seconds=1))
    throttle._throttles.clear()
    return stage.run(run)


def test_throttled_until(long_stage: Stage) -> None:
    stage = long_stage
    users = r"^/v1\.0/users\?.*userPrincipal"
    with stage.fault("throttle", users, skip=2, times=1, options={"seconds": 90}):
        run = stage.run()
    assert (run.state, run.waiting_reason) == (RunState.WAITING, WaitingReason.THROTTLED)
    assert run.waiting_until is not None
    assert 80 < (run.waiting_until - clock.now()).total_seconds() < 95
    assert progress_of(run).waiting == f"Throttled until {run.waiting_until:%H:%M:%S}"
    read = stage.collector(run, "users").read
    assert 0 < read < 3_000
    woken = ProcrastinateJob.objects.filter(task_name="next_import").latest("id")
    assert woken.scheduled_at is not None
    assert 0 <= (woken.scheduled_at - run.waiting_until).total_seconds() <= 1
    drive(run.id)
    run.refresh_from_db()
    assert run.state == RunState.WAITING, "nobody goes on before the time has come"
    assert Event.objects.filter(name="import.waiting").count() == 1
    (wait,) = run_as_json(get_run(stage.world.viewer, run.id))["waits"]
    assert (wait["reason"], wait["collector"], wait["code"]) == ("throttled", "users", "throttled")
    assert wait["until"] == run.waiting_until.isoformat() and wait["ended_at"] is None
    go_on(stage, run)
    assert all(one.ended_at for one in run.wait_rows.all())
    assert run.state == RunState.SUCCEEDED
    stage.assert_equals_truth()
    assert progress_of(get_run(stage.world.viewer, run.id)).errors == 0


def test_lists_that_microsoft_does_not_answer_for_hold_up_no_others(
    long_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = long_stage
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    with stage.fault("server_error", r"^/v1\.0/(devices|groups)", options={"status": 503}):
        run = stage.run()
    assert (run.state, run.waiting_reason) == (RunState.WAITING, WaitingReason.UNAVAILABLE)
    assert run.waits == 1
    held_up = {"devices", "groups", "memberships"}
    for progress in run.collectors.all():
        is_read = progress.state in {CollectorState.SUCCEEDED, CollectorState.SKIPPED}
        assert is_read is (progress.collector not in held_up), progress.collector
        assert progress.tries == (progress.collector in {"devices", "groups"})
    assert set(run.errors.filter(code="graph_unavailable").values_list("collector", flat=True)) == {
        "devices", "groups"
    }  # fmt: skip
    go_on(stage, run)
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()


def test_a_database_that_breaks_off_is_waited_for(long_stage: Stage) -> None:
    stage = long_stage
    run = stage.request()
    cut: list[int] = []

    def cut_off() -> bool:
        read = run.collectors.get(collector="users").read
        if read and not cut:
            cut.append(connection.connection.info.backend_pid)
            with psycopg.connect(**connection.get_connection_params()) as other:
                other.execute("select pg_terminate_backend(%s)", cut)
        return False

    drive(run.id, should_stop=cut_off)
    run.refresh_from_db()
    assert (run.state, run.waiting_reason) == (RunState.WAITING, WaitingReason.DATABASE)
    assert "database has trouble; next try at" in progress_of(run).waiting
    noted = run.errors.get(code="database_unavailable")
    assert "terminating connection" in noted.details["message"]
    go_on(stage, run)
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()


def test_a_full_disk_that_takes_not_even_the_wait_ends_no_run(stage: Stage) -> None:
    run = stage.request()
    with refusing("directory_organization", "53100"), refusing("imports_runerror", "53100"):
        for _ in range(MAX_IDLE_STARTS + 1):
            with pytest.raises(OperationalError):
                drive(run.id)
            ImportRun.objects.filter(id=run.id).update(
                lease_until=clock.now() - timedelta(minutes=1)
            )
    stage.run(run)
    assert run.state == RunState.SUCCEEDED, run.outcome


@pytest.mark.parametrize("code", ["57014", "54001", "22003"])
def test_what_was_asked_wrongly_of_the_database_is_not_waited_for(stage: Stage, code: str) -> None:
    run = stage.request()
    with (
        refusing("directory_organization", code),
        contextlib.suppress(DatabaseError, psycopg.Error),
    ):
        drive(run.id)
    run.refresh_from_db()
    assert run.state != RunState.WAITING


def test_a_database_wait_uses_up_no_patience_with_microsoft(stage: Stage) -> None:
    run = stage.request()
    with refusing("directory_organization", "53100"):
        for seconds in (*database_trouble.WAIT_SECONDS, database_trouble.WAIT_SECONDS[-1]):
            go_on(stage, run)
            assert run.waiting_until is not None
            wait = (run.waiting_until - clock.now()).total_seconds()
            assert seconds - 5 < wait <= seconds
    assert {progress.tries for progress in run.collectors.all()} == {0}
    go_on(stage, run)
    assert run.state == RunState.SUCCEEDED, run.outcome


def test_whoever_lost_the_run_meanwhile_ends_quietly(stage: Stage) -> None:
    run = stage.request()

    def cut_off() -> bool:
        ImportRun.objects.filter(id=run.id).update(fence=F("fence") + 1)
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute(
                "select pg_terminate_backend(%s)", [connection.connection.info.backend_pid]
            )
        return False

    drive(run.id, should_stop=cut_off)
    run.refresh_from_db()
    assert (run.state, run.errors.count()) == (RunState.RUNNING, 0)


def test_short_waits_are_slept_through(stage: Stage) -> None:
    with stage.fault("throttle", r"^/v1\.0/users", times=1, options={"seconds": 1}):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED
    assert run.waits == 0


def test_a_short_wait_is_seen_while_it_lasts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "LOOK_AROUND_SECONDS", 0.5)
    run, seen = stage.request(), set[str]()

    def look() -> bool:
        seen.add(get_run(stage.world.viewer, run.id).waiting_reason)
        assert progress_of(run) is not None
        return False

    with stage.fault("throttle", r"^/v1\.0/devices\?", times=1, options={"seconds": 3}):
        drive(run.id, should_stop=look)
    run.refresh_from_db()
    assert seen == {"", WaitingReason.THROTTLED}
    assert (run.state, run.waiting_reason, run.waiting_until) == (RunState.SUCCEEDED, "", None)


def test_a_server_that_does_not_answer_is_tried_for_hours(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    with stage.fault("server_error", r"^/v1\.0/(domains|devices)", options={"status": 503}):
        run = stage.run()
        for seconds in UNAVAILABLE_SECONDS:
            assert run.waiting_reason == WaitingReason.UNAVAILABLE, run.outcome
            assert run.waiting_until is not None
            wait = (run.waiting_until - clock.now()).total_seconds()
            assert seconds - 5 < wait <= seconds
            go_on(stage, run)
    assert run.state == RunState.FAILED
    error = run.errors.get(collector="domains")
    assert (error.code, error.http_status, error.page_number) == ("graph_unavailable", 503, 1)
    assert error.request_id
    assert error.count == len(UNAVAILABLE_SECONDS) + 1
    assert Event.objects.filter(name="import.waiting").count() == 1


def test_what_can_be_done_without_is_waited_for_some_minutes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    with stage.fault("server_error", r"^/v1\.0/(devices|groups)", options={"status": 503}):
        run = stage.run()
        for _ in range(OPTIONAL_TRIES):
            assert run.state == RunState.WAITING, run.outcome
            go_on(stage, run)
    assert run.state == RunState.PARTIALLY_SUCCEEDED, run.outcome
    states = dict(run.collectors.values_list("collector", "state"))
    assert (states["devices"], states["groups"]) == (CollectorState.FAILED, CollectorState.FAILED)
    assert states["memberships"] == CollectorState.SKIPPED
    assert run.errors.get(collector="devices").count == OPTIONAL_TRIES + 1


def test_right_after_the_consent_a_refusal_is_its_spreading(stage: Stage) -> None:
    options = {"missing_seconds": 3_600}
    stage.consent()
    with stage.fault("propagation_delay", "", options=options):
        run = stage.run()
    assert (run.state, run.waiting_reason) == (RunState.WAITING, WaitingReason.PROPAGATION)
    assert run.errors.get().code == "propagation"
    assert TenantConnection.objects.get().state == "connected"
    go_on(stage, run)
    assert run.state == RunState.SUCCEEDED
    assert run.errors.get().resolved_at is not None


def test_a_consent_withdrawn_in_the_middle_ends_the_run(long_stage: Stage) -> None:
    stage = long_stage
    stage.age_consent()
    run = stage.request()
    drive(run.id, should_stop=stage.once_read(run))
    with stage.fault("revoked_consent"):
        stage.run(run)
    assert run.state == RunState.FAILED, run.outcome
    assert run.errors.get(collector="").code in {"service_principal_missing", "consent_revoked"}
    assert TenantConnection.objects.get().state == "revoked"
    names = set(Event.objects.values_list("name", flat=True))
    assert {"import.failed", "connection.changed"} <= names
    assert 0 < len(stage.imported("users")) < 3_000, "what was read stays"


def test_minutes_after_the_consent_it_is_looked_at_twice(long_stage: Stage) -> None:
    stage = long_stage
    run = stage.request()
    drive(run.id, should_stop=stage.once_read(run))
    stage.revoke()
    with stage.fault("revoked_consent"):
        stage.run(run)
        assert run.waiting_reason == WaitingReason.CONSENT_CHECK
        go_on(stage, run)
    assert run.state == RunState.FAILED
    assert TenantConnection.objects.get().state == "revoked"


def test_a_connection_that_works_again_is_healed(stage: Stage) -> None:
    TenantConnection.objects.update(state="revoked")
    assert stage.run().state == RunState.SUCCEEDED
    assert TenantConnection.objects.get().state == "connected"


@pytest.mark.parametrize("what", ["suspended", "expired", "disconnected"])
def test_a_customer_that_rests_stops_its_run(stage: Stage, what: str) -> None:
    run = stage.request()
    drive(run.id, should_stop=counting(2))
    if what == "suspended":
        suspend(stage.world.editor, stage.customer.id, reason="unpaid")
    elif what == "expired":
        stage.customer.expires_at = clock.now() - timedelta(seconds=1)
        stage.customer.save()
    else:
        TenantConnection.objects.update(released_at=clock.now())
    stage.run(run)
    code = {"suspended": "customer_suspended", "expired": "customer_expired"}.get(what)
    assert run.errors.get().code == (code or "not_connected")
    assert run.state == (RunState.CANCELED if code else RunState.FAILED)
    assert not stage.imported("users")


def test_a_missing_permission_closes_only_its_own(stage: Stage) -> None:
    stage.age_consent()
    stage.consent(roles=["Organization.Read.All", "Domain.Read.All", "User.Read.All",
                         "GroupMember.Read.All", "RoleManagement.Read.Directory"])  # fmt: skip
    run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED
    states = {p.collector: p.state for p in run.collectors.all()}
    failed = {name for name, state in states.items() if state == CollectorState.FAILED}
    assert failed == {"devices", "service_principals", "administrative_units", "sign_in_activity"}
    error = run.errors.get(collector="devices")
    assert (error.code, error.http_status) == ("permission_missing", 403)
    assert "Devices: The organization has not granted the permission" in run.outcome
    assert "(Device.Read.All)" in run.outcome
    told = Event.objects.get(customer_id=stage.customer.id, name="connection.changed")
    assert told.details["missing"] == [
        "AdministrativeUnit.Read.All", "Application.Read.All", "AuditLog.Read.All",
        "Device.Read.All",
    ]  # fmt: skip
    connection = TenantConnection.objects.get(customer=stage.customer)
    assert connection.state == "consent_outdated", "so a new link can be sent"
    stage.consent()
    stage.run()
    connection.refresh_from_db()
    assert connection.state == "connected"
    assert set(stage.imported("users")) == stage.truth("users")
    stage.customer.refresh_from_db()
    assert stage.customer.seats_used > 0


def test_without_a_required_one_the_run_has_failed(stage: Stage) -> None:
    stage.age_consent()
    with stage.fault("permission_missing", r"^/v1\.0/users"):
        run = stage.run()
    assert run.state == RunState.FAILED
    assert set(stage.imported("groups")) == stage.truth("groups"), "the others go on"
    stage.customer.refresh_from_db()
    assert (stage.customer.seats_used, stage.customer.last_import_at) == (0, None)


def test_what_needs_a_failed_part_is_left_out(stage: Stage) -> None:
    stage.age_consent()
    with stage.fault("permission_missing", r"^/v1\.0/groups\?"):
        run = stage.run()
    assert stage.collector(run, "memberships").state == CollectorState.SKIPPED
    error = error_as_json(run.errors.get(collector="memberships"))
    assert (error["code"], error["particular"]) == ("collector_needed", "")
    assert error["text"] == "Needs Groups, which failed."
    assert f"Memberships: {error['text']}" in run.outcome
