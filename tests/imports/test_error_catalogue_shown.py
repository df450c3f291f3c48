"""Every code of the error catalogue, seen once in the record of a run that met it.

Each entry says what becomes of run, part and connection; that is compared with what became of
them. Areas are tests, not codes: emptying the database seventy times would take longer than all.
"""

from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django import Settings

from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.imports.chains import guard
from pilotage.imports.error_catalogue import AREAS, CATALOGUE, Effect
from pilotage.imports.models import CollectorState, ImportRun, RunError, RunState
from pilotage.imports.run import verdict
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.graph import throttle, turns
from tests.imports.conftest import NewStage
from tests.imports.errors_shown import answers, consent, graph, installation, network, own
from tests.imports.errors_shown.case import Case, Scene

SHOWN: dict[str, list[Case]] = {
    "The tenant and its consent": consent.CASES,
    "What Microsoft Graph says": graph.CASES,
    "Answers that cannot be used": answers.CASES,
    "The way to Microsoft": network.CASES,
    "This installation at Microsoft": installation.CASES,
    "The customer and the worker": own.CASES,
}


def usual_texts(kind: type[PilotageError]) -> set[str]:
    """What errors of a kind say when they are given nothing particular to say."""
    return {kind._usual_text()}.union(*(usual_texts(child) for child in kind.__subclasses__()))


USUAL_TEXTS = usual_texts(PilotageError)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited out for hours stays at once; short waits are shorter still."""
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.05)
    monkeypatch.setattr(verdict, "UNAVAILABLE_SECONDS", ())
    monkeypatch.setattr(verdict, "UNREADABLE_SECONDS", ())
    monkeypatch.setattr(guard, "MAX_EMPTY_IN_A_ROW", 20)


def test_every_entry_has_a_case() -> None:
    for area, entries in AREAS.items():
        assert [case.code for case in SHOWN[area]] == list(entries), area
    assert len(CATALOGUE) >= 60


@pytest.mark.parametrize("area", list(AREAS))
def test_each_code_is_met(
    area: str, new_stage: NewStage, settings: Settings, tmp_path: Path
) -> None:
    wrong: dict[str, str] = {}
    for case in SHOWN[area]:
        run = played(case, new_stage, settings, tmp_path / case.code)
        if told := difference(case, run):
            wrong[case.code] = told
    assert not wrong


def played(case: Case, new_stage: NewStage, settings: Settings, folder: Path) -> ImportRun:
    """The run of a case, as far as it got, in a tenant of its own."""
    folder.mkdir()
    stage = new_stage(users=10, groups=1, memberships=1, devices=2)
    if not case.is_recent:
        stage.age_consent()
    throttle._throttles.clear()
    with ExitStack() as stack:
        run = case.play(Scene(stage, settings, folder, stack)) or stage.run()
    run.refresh_from_db()
    return run


def difference(case: Case, run: ImportRun) -> str:
    """What is not as the catalogue says, "" if all is."""
    met = list(run.errors.all())
    wanted = [e for e in met if e.code == case.code and case.collector in {e.collector, "?"}]
    if not wanted:
        return f"met {[str(error) for error in met]} instead; {run.state}: {run.outcome}"
    error = wanted[0]
    if case.is_microsofts and not error.request_id:
        return "has no request id of Microsoft's"
    if error.text in USUAL_TEXTS:
        return f"tells nothing particular: {error.text}"
    effect = CATALOGUE[case.code].effect
    became = effect_on(run, error)
    return "" if became == effect else f"is {became}, not {effect}; {run.state}: {run.outcome}"


def effect_on(run: ImportRun, error: RunError) -> Effect | None:
    """What became of run, part and connection, in the catalogue's words."""
    connection = TenantConnection.objects.get(customer_id=run.customer_id)
    if run.state == RunState.WAITING:
        return Effect.WAITS
    if run.state == RunState.CANCELED:
        return Effect.RUN_CANCELED
    if not error.collector:
        return _OF_RUN.get((RunState(run.state), ConnectionState(connection.state)))
    is_outdated = connection.state == ConnectionState.CONSENT_OUTDATED
    if is_outdated and error.code != "collector_needed":
        return Effect.CONSENT_OUTDATED
    state = run.collectors.get(collector=error.collector).state
    return _OF_PART.get(CollectorState(state))


_OF_RUN = {
    (RunState.SUCCEEDED, ConnectionState.CONNECTED): Effect.GOES_ON,
    (RunState.FAILED, ConnectionState.CONNECTED): Effect.RUN_FAILS,
    (RunState.FAILED, ConnectionState.REVOKED): Effect.CONSENT_LOST,
}
_OF_PART = {
    CollectorState.FAILED: Effect.PART_FAILS,
    CollectorState.SKIPPED: Effect.PART_LEFT_OUT,
    CollectorState.SUCCEEDED: Effect.OBJECTS_LEFT,
}
