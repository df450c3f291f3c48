"""Sign-in activity, and that a tenant without its licence or permission misses no more."""

from datetime import datetime
from typing import Any

import msgspec

from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.directory.licences import insights
from pilotage.directory.models import SignInActivity
from pilotage.events.models import Event
from pilotage.imports.as_json import run_as_json
from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.imports.collectors.sign_in_activity import SIGN_IN_ACTIVITY
from pilotage.imports.models import CollectorState, RunState
from tests.imports.conftest import NewStage
from tests.imports.stage import Stage

NAMES = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")
COLUMNS = ("last_sign_in_at", "last_non_interactive_at", "last_successful_at")


def moments(row: dict[str, Any]) -> tuple[datetime | None, ...]:
    return tuple(row[name] and datetime.fromisoformat(row[name]) for name in NAMES)


def test_it_is_told_for_everybody(new_stage: NewStage) -> None:
    stage = new_stage(users=1_100, groups=2, memberships=2, devices=1)
    run = stage.run()
    progress = stage.collector(run, "sign_in_activity")
    assert (progress.read, progress.page_number) == (1_100, 3), "five hundred on a page"
    held = {row[0]: row[1:] for row in SignInActivity.objects.values_list("id", *COLUMNS)}
    told = {row["id"]: moments(row) for row in stage.truth_rows("sign-in-activity")}
    never = {row["id"]: (None, None, None) for row in stage.truth_rows("users")}
    assert held == never | told
    assert 0 < len(told) < 1_100


def test_the_year_one_is_never() -> None:
    user = {"id": "u1", "signInActivity": dict.fromkeys(NAMES, "0001-01-01T00:00:00Z")}
    shape = msgspec.json.decode(msgspec.json.encode(user), type=SIGN_IN_ACTIVITY.shape)
    assert SIGN_IN_ACTIVITY.to_row()(shape) == ("u1", None, None, None)


def test_a_tenant_without_the_licence_is_imported_all_the_same(new_stage: NewStage) -> None:
    stage = new_stage(premium=False)
    stage.age_consent()
    run = stage.run()
    assert run.state == RunState.SUCCEEDED
    assert "Sign-in activity (needs Microsoft Entra ID P1 or P2)" in run.outcome
    progress = stage.collector(run, "sign_in_activity")
    assert (progress.state, progress.errors) == (CollectorState.SKIPPED, 0)
    error = run.errors.get()
    assert (error.code, error.collector) == ("licence_missing", "sign_in_activity")
    assert error.request_id
    assert not Event.objects.filter(name="import.error").exists(), "nobody has to do anything"
    assert run_as_json(run)["collectors"]["users"]["read"] == 60
    connection = TenantConnection.objects.get(customer=stage.customer)
    assert connection.state == ConnectionState.CONNECTED


def test_a_licence_that_ran_out_makes_nobody_unused(stage: Stage) -> None:
    """The moments would stand still, and everybody would seem to have stopped working."""
    stage.age_consent()
    stage.run()
    assert SignInActivity.objects.count() == 60
    with stage.fault("missing_licence"):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED
    assert SignInActivity.objects.count() == 0
    assert insights(stage.world.viewer, stage.customer.id).unused_accounts is None
    stage.run()
    assert SignInActivity.objects.count() == 60
    assert insights(stage.world.viewer, stage.customer.id).unused_accounts is not None


GONE = {"status": 413, "code": "TooLarge", "message": "no"}


def test_trouble_that_passes_keeps_what_was_known(stage: Stage) -> None:
    stage.age_consent()
    stage.run()
    with stage.fault("graph_error", r"^/v1\.0/users\?.*signInActivity", options=GONE):
        run = stage.run()
    assert stage.collector(run, "sign_in_activity").state == CollectorState.FAILED
    assert SignInActivity.objects.count() == 60


def test_a_permission_that_was_not_granted_is_asked_for_again(stage: Stage) -> None:
    stage.consent(sorted(ALL_PERMISSIONS - {"AuditLog.Read.All"}))
    stage.age_consent()
    run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED
    assert "AuditLog.Read.All" in run.outcome
    error = run.errors.get()
    assert (error.code, error.graph_code) == (
        "permission_missing",
        "Authentication_MSGraphPermissionMissing",
    )
    connection = TenantConnection.objects.get(customer=stage.customer)
    assert connection.state == ConnectionState.CONSENT_OUTDATED
