"""Links, changes and retries with a Graph that is odd, or with fate against them."""

from pathlib import Path

import pytest
from pytest_django import Settings

from pilotage.directory.models import User
from pilotage.imports.actions.cancel_import import cancel_import
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.chains import choose
from pilotage.imports.models import DeltaLink, RunState
from pilotage.imports.run import verdict
from pilotage.microsoft.graph import turns
from tests.imports.conftest import NewStage
from tests.imports.meddling import meddling
from tests.imports.stage import Stage

REFUSALS = [
    (400, "BadRequest", "The delta token is not valid."),
    (400, "Request_BadRequest", "Badly formed token."),
    (501, "NotImplemented", "Delta is not supported."),
    (405, "MethodNotAllowed", "no"),
]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    monkeypatch.setattr(verdict, "UNREADABLE_SECONDS", ())


@pytest.mark.parametrize(("status", "code", "message"), REFUSALS)
def test_a_deltalink_that_is_refused_means_reading_it_all(
    stage: Stage, status: int, code: str, message: str
) -> None:
    assert stage.run().state == RunState.SUCCEEDED
    stage.change(users_added=3, users_deleted=2)
    options = {"status": status, "code": code, "message": message}
    with stage.fault("graph_error", r"/delta\?.*deltatoken=(?!latest)", options=options):
        run = stage.run(stage.request(is_full=False))
    assert run.state in {RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED}, run.outcome
    stage.assert_equals_truth()


@pytest.mark.parametrize(("status", "code", "message"), REFUSALS)
def test_changes_that_are_refused_after_the_list_do_not_fail_the_list(
    stage: Stage, status: int, code: str, message: str
) -> None:
    options = {"status": status, "code": code, "message": message}
    with stage.fault("graph_error", r"/delta\?.*deltatoken=(?!latest)", options=options):
        run = stage.run()
    assert run.state in {RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED}, run.outcome
    stage.assert_equals_truth()


def test_a_deltalink_of_an_address_that_was_changed_means_reading_it_all(stage: Stage) -> None:
    """PILOTAGE_GRAPH_URL was changed (a gateway, another cloud's name) between two nights."""
    assert stage.run().state == RunState.SUCCEEDED
    for link in DeltaLink.objects.all():
        link.link = "https://graph.before.example/v1.0" + link.link.partition("/v1.0")[2]
        link.save()
    run = stage.run(stage.request(is_full=False))
    assert run.state == RunState.SUCCEEDED, run.outcome


FORMS = {
    "upper case host": lambda link, own: link.replace("https://localhost", "HTTPS://LOCALHOST"),
    "path": lambda link, own: link.replace(own, ""),
    "relative to the service": lambda link, own: link.replace(own + "/v1.0/", ""),
    "query only": lambda link, own: "?" + link.partition("?")[2],
    "space": lambda link, own: link + "&x=a b",
}


@pytest.mark.parametrize("form", list(FORMS))
def test_forms_of_next_links(stage: Stage, settings: Settings, tmp_path: Path, form: str) -> None:
    def meddle(method, target, status, headers, body):  # type: ignore[no-untyped-def]
        if isinstance(body, dict) and "@odata.nextLink" in body:
            own = settings.MICROSOFT.graph_url
            body["@odata.nextLink"] = FORMS[form](body["@odata.nextLink"], own)
        return status, headers, body

    def rewrite(path: str) -> str:
        return (
            path.replace("%24top=999", "%24top=20")
            .replace("$top=999", "$top=20")
            .replace("&x=a%20b", "")
            .replace("&x=a b", "")
        )

    with meddling(settings, tmp_path, meddle, rewrite) as asked:
        run = stage.run()
    assert any("skiptoken" in path for _, path in asked)
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()


@pytest.mark.parametrize("count", ["60", -1, 60.0, 1e30, 10**30, None, True])
def test_odd_counts_in_pages_are_only_information(
    stage: Stage, settings: Settings, tmp_path: Path, count: object
) -> None:
    def meddle(method, target, status, headers, body):  # type: ignore[no-untyped-def]
        if isinstance(body, dict) and isinstance(body.get("value"), list):
            body = {"@odata.count": count, **body}
        return status, headers, body

    with meddling(settings, tmp_path, meddle):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome


def test_many_parts_whose_page_tokens_expired_during_a_wait_are_begun_anew(
    new_stage: NewStage, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "MANY_OBJECTS", 10)
    stage = new_stage(users=300, groups=3, memberships=5, devices=2)
    expired: set[str] = set()

    def meddle(method, target, status, headers, body):  # type: ignore[no-untyped-def]
        if "startswith" in target and "skiptoken" in target:
            part = target.partition("startswith(")[2].partition(")")[0]
            if part not in expired:
                expired.add(part)
                error = {"error": {"code": "Directory_ExpiredPageToken", "message": "Gone."}}
                return 400, headers, error
        return status, headers, body

    def rewrite(path: str) -> str:
        return path.replace("%24top=999", "%24top=3").replace("$top=999", "$top=3")

    with meddling(settings, tmp_path, meddle, rewrite):
        run = stage.run()
    assert len(expired) > 5
    assert run.state == RunState.SUCCEEDED, (len(expired), run.outcome)


def test_a_retry_of_a_retry_that_never_began_still_sees_what_was_deleted(
    long_stage: Stage,
) -> None:
    stage = long_stage
    assert stage.run().state == RunState.SUCCEEDED
    options = {"status": 400, "code": "BadRequest", "message": "No."}
    with stage.fault("graph_error", r"/users\?.*skiptoken", skip=1, options=options):
        failed = stage.run()
    assert failed.state == RunState.FAILED, failed.outcome
    progress = stage.collector(failed, "users")
    assert progress.page_number >= 1
    from pilotage.imports.models import SeenObject

    gone = SeenObject.objects.filter(run_id=failed.id, collector="users").first()
    assert gone is not None
    stage.change(delete=[gone.key])
    second = retry_import(stage.world.editor, failed.id)
    cancel_import(stage.world.editor, second.id)
    third = stage.run(retry_import(stage.world.editor, second.id))
    assert third.state == RunState.SUCCEEDED, third.outcome
    assert not User.objects.filter(id=gone.key).exists()
