"""Import runs."""

import pytest

from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.error_catalogue import CATALOGUE
from pilotage.imports.models import ImportRun, ObjectChange, RunError
from pilotage.kernel.ids import new_id
from tests.api.conftest import Api
from tests.cast import World


@pytest.fixture
def connected(world: World) -> Customer:
    """A customer whose tenant is bound."""
    customer = world.add_customer()
    TenantConnection.objects.create(customer=customer, tenant_id=new_id(), bound_by="Ada")
    return customer


def test_start_look_cancel_retry(connected: Customer, editor: Api) -> None:
    runs = f"/customers/{connected.id}/import-runs"
    started = editor.post(runs)
    assert (started.status, started.body["status"]) == (202, "queued")
    address = started.headers["Location"].removeprefix("/api/v1")
    assert editor.get(address).body["run_id"] == started.body["run_id"]
    twice = editor.post(runs)
    assert (twice.status, twice.code) == (409, "import_already_running")
    assert twice.body["error"]["details"]["run_id"] == started.body["run_id"]
    assert editor.post(f"{address}/retry").status == 409
    assert editor.post(f"{address}/cancel").body["status"] == "canceled"
    assert editor.post(f"{address}/cancel").code == "import_already_finished"
    again = editor.post(f"{address}/retry")
    assert (again.status, again.body["retry_of"]) == (202, started.body["run_id"])
    listed = editor.get(runs).body["items"]
    assert [run["number"] for run in listed] == [2, 1]


def test_errors_say_who_acts_and_how(connected: Customer, editor: Api) -> None:
    run = editor.post(f"/customers/{connected.id}/import-runs").body["run_id"]
    RunError.objects.create(
        run_id=run, collector="users", code="consent_missing", request_id="r-1", count=3
    )
    (error,) = editor.get(f"/import-runs/{run}/errors").body
    assert (error["acts"], error["action"], error["count"]) == ("customer", "reconsent", 3)
    assert error["remedy"].endswith(".")
    assert error["request_id"] == "r-1"
    assert editor.get(f"/import-runs/{run}").body["errors"] == [error]
    assert "errors" not in editor.get(f"/customers/{connected.id}/import-runs").body["items"][0]


def test_changes_and_full_imports(connected: Customer, editor: Api, stranger: Api) -> None:
    runs = f"/customers/{connected.id}/import-runs"
    assert editor.post(runs, {"full": True}).body["kind"] == "full"
    first = ImportRun.objects.get()
    first.state, first.finished_at = "succeeded", first.created_at
    first.save()
    run = editor.post(runs).body
    assert run["kind"] == "delta"
    ObjectChange.objects.create(
        run_id=run["run_id"], collector="users", key="u1", change="changed",
        details={"department": ["A", "B"]},
    )  # fmt: skip
    found = editor.get(f"/import-runs/{run['run_id']}/changes").body
    assert (found["since"], found["total"]) == (str(first.id), 1)
    assert found["items"][0]["details"] == {"department": ["A", "B"]}
    assert editor.get(f"/import-runs/{run['run_id']}/changes?change=painted").status == 422
    since = editor.get(f"/import-runs/{first.id}/changes?since={run['run_id']}")
    assert (since.status, since.code) == (422, "not_an_earlier_import")
    assert editor.post(runs, {"full": "perhaps"}).status == 422
    hidden = stranger.get(f"/import-runs/{run['run_id']}/changes")
    assert (hidden.status, hidden.code) == (404, "import_run_not_found")


def test_without_a_tenant_there_is_nothing_to_import(world: World, editor: Api) -> None:
    customer = world.add_customer()
    refused = editor.post(f"/customers/{customer.id}/import-runs")
    assert (refused.status, refused.code) == (409, "not_connected")


def test_runs_belong_to_those_who_see_the_customer(
    connected: Customer, editor: Api, viewer: Api, stranger: Api
) -> None:
    run = editor.post(f"/customers/{connected.id}/import-runs").body["run_id"]
    for path in ("", "/errors"):
        assert stranger.get(f"/import-runs/{run}{path}").code == "import_run_not_found"
        assert viewer.get(f"/import-runs/{run}{path}").status == 200
    for act in ("cancel", "retry"):
        assert stranger.post(f"/import-runs/{run}/{act}").status == 404
        assert viewer.post(f"/import-runs/{run}/{act}").status == 403
    assert ImportRun.objects.get().state == "queued"


def test_the_catalogue_of_errors(viewer: Api) -> None:
    codes = {one["code"]: one for one in viewer.get("/import-errors").body}
    assert set(codes) == set(CATALOGUE)
    revoked = codes["consent_revoked"]
    assert (revoked["acts"], revoked["effect"]) == ("customer", "consent_lost")
    assert revoked["consequence"].startswith("The import ends as failed")
