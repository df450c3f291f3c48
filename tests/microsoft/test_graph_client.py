"""Reading a tenant, and every way in which Graph can refuse or fail."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pilotage.kernel import clock
from pilotage.microsoft.errors import Cancelled, MicrosoftError
from pilotage.microsoft.graph import GraphClient, Hooks, Priority, errors
from pilotage.microsoft.identity import AppToken, AppTokens
from pilotage.microsoft.identity.errors import ServicePrincipalMissing, TokenOfAnotherTenant
from tests.microsoft.stage import FakeTime, Stage

SELECT = {"$select": "id,displayName", "$top": "25"}


class Named(msgspec.Struct):
    id: str


def ids(stage: Stage, **rest: Any) -> list[str]:
    pages = stage.client(FakeTime()).pages("/users", params=SELECT, **rest)
    return [user.id for page in pages for user in page.items(Named)]


@pytest.fixture
def match(stage: Stage) -> dict[str, str]:
    """Faults hit this tenant's users only."""
    return {"tenant_id": str(stage.tenant_id), "path": r"^/v1\.0/users"}


def test_all_pages_give_every_user_once(stage: Stage) -> None:
    read = ids(stage)
    counted = stage.client().get("/users/$count", headers={"ConsistencyLevel": "eventual"})
    assert len(read) == len(set(read)) == counted.decode(int) >= 60


def test_page_says_what_support_and_budgets_need(stage: Stage) -> None:
    page = stage.client().get("/users", params=SELECT, priority=Priority.LOW)
    assert len(page.value) == 25
    assert page.next_link.startswith(f"{stage.settings.graph_url}/v1.0/users?")
    assert page.request_id
    assert page.date
    assert page.resource_units == 1
    assert page.delta_link == ""


def test_one_object_is_a_page_too(stage: Stage) -> None:
    user = stage.client().get(f"/users/{stage.oid('admin')}", params={"$select": "id"})
    assert user.decode(Named).id == str(stage.oid("admin"))
    assert user.value == []


def test_changes_end_in_a_delta_link_that_leads_on(stage: Stage) -> None:
    client = stage.client()
    latest = client.get("/users/delta", params={"$deltatoken": "latest", "$select": "id"})
    assert latest.value == []
    path = f"/tenants/{stage.tenant_id}/changes"
    stage.control.call("POST", path, {"users_added": 2, "seed": 3})
    changed = client.get(latest.delta_link)
    assert len(changed.value) == 2


def test_objects_by_id_come_by_post(stage: Stage) -> None:
    wanted = [str(stage.oid("admin")), str(stage.oid("user"))]
    page = stage.client().post("/directoryObjects/getByIds", msgspec.json.encode({"ids": wanted}))
    assert {item.id for item in page.items(Named)} == set(wanted)


FINAL: dict[tuple[int, str], type[MicrosoftError]] = {
    (403, "Authorization_RequestDenied"): errors.PermissionMissing,
    (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"): errors.LicenceMissing,
    (403, "Authorization_IdentityNotFound"): errors.ConsentRevoked,
    (401, "Authorization_IdentityNotFound"): errors.ConsentRevoked,
    (404, "Request_ResourceNotFound"): errors.ObjectGone,
    (410, "Gone"): errors.DeltaExpired,
    (400, "syncStateNotFound"): errors.DeltaExpired,
    (400, "resyncRequired"): errors.DeltaExpired,
    (400, "Directory_ExpiredPageToken"): errors.PageTokenExpired,
    (400, "Request_UnsupportedQuery"): errors.QueryNotSupported,
    (501, "NotImplemented"): errors.ResourceNotOffered,
    (422, "UnprocessableEntity"): errors.GraphError,
}


@pytest.mark.parametrize(("status", "code"), FINAL)
def test_refusal_has_a_name_and_is_not_repeated(
    stage: Stage, match: dict[str, str], status: int, code: str
) -> None:
    time = FakeTime()
    options = {"status": status, "code": code}
    with (
        stage.control.fault("graph_error", match=match, options=options),
        pytest.raises(errors.GraphError) as caught,
    ):
        stage.client(time).get("/users", params={**SELECT, "$skiptoken": "secret"})
    error = caught.value
    assert type(error) is FINAL[status, code]
    assert error.details["code"] == code
    assert error.details["request_id"]
    assert error.details["client_request_id"]
    assert error.details["date"]
    assert "secret" not in str(error.details)
    assert time.slept == []


def test_an_error_with_status_200_is_no_empty_page(stage: Stage, match: dict[str, str]) -> None:
    """Else whoever reads it would take everything for gone."""
    options = {"status": 200, "code": "generalException"}
    with (
        stage.control.fault("graph_error", match=match, options=options),
        pytest.raises(errors.AnswerUnreadable),
    ):
        stage.client(FakeTime()).get("/users", params=SELECT)


PASSING = {
    "500": ("server_error", {"status": 500}),
    "502": ("server_error", {"status": 502}),
    "503": ("server_error", {"status": 503}),
    "504": ("server_error", {"status": 504}),
    "HTML with 200": ("html_200", {}),
    "truncated JSON": ("truncated_json", {}),
    "connection closed in the middle": ("drop", {}),
}


@pytest.mark.parametrize("name", PASSING)
def test_passing_failure_is_not_noticed(stage: Stage, match: dict[str, str], name: str) -> None:
    kind, options = PASSING[name]
    whole = ids(stage)
    with stage.control.fault(kind, match=match, options=options, every=2):
        assert ids(stage) == whole


@pytest.mark.parametrize("name", PASSING)
def test_lasting_failure_is_given_up_after_five_tries(
    stage: Stage, match: dict[str, str], name: str
) -> None:
    kind, options = PASSING[name]
    time = FakeTime()
    stage.control.call("DELETE", "/requests")
    with (
        stage.control.fault(kind, match=match, options=options),
        pytest.raises((errors.GraphUnavailable, errors.AnswerUnreadable)) as caught,
    ):
        stage.client(time).get("/users", params=SELECT)
    assert stage.graph_requests() == 5
    assert caught.value.is_transient
    assert caught.value.details["page"] == "/v1.0/users?$select=id,displayName&$top=25"
    assert time.total > 0
    # Full jitter: 0.5 s doubled each time at most, never above 8 s.
    assert time.total <= 1 + 2 + 4 + 8


@pytest.mark.parametrize(
    ("kind", "options"), [("bom", {}), ("wrong_content_type", {"content_type": "text/html"})]
)
def test_readable_answer_is_read_however_it_is_labelled(
    stage: Stage, match: dict[str, str], kind: str, options: dict[str, str]
) -> None:
    whole = ids(stage)
    with stage.control.fault(kind, match=match, options=options):
        assert ids(stage) == whole


def test_answer_beyond_all_measure_is_not_read(stage: Stage, match: dict[str, str]) -> None:
    with (
        stage.control.fault("huge_body", match=match, options={"megabytes": 80}),
        pytest.raises(errors.AnswerTooLarge),
    ):
        stage.client().get("/users", params=SELECT)


def test_empty_page_leads_on(stage: Stage, match: dict[str, str]) -> None:
    whole = ids(stage)
    with stage.control.fault("empty_page", match=match, every=2):
        assert ids(stage) == whole


def test_pages_that_go_round_are_left(stage: Stage, match: dict[str, str]) -> None:
    with (
        stage.control.fault("nextlink_loop", match=match),
        pytest.raises(errors.LinkLoop),
    ):
        ids(stage)


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("expired_page_token", "/users", errors.PageTokenExpired),
        ("missing_licence", "/users", errors.LicenceMissing),
        ("permission_missing", "/users", errors.PermissionMissing),
        ("expired_delta", "/users/delta", errors.DeltaExpired),
    ],
)
def test_fault_in_the_middle_of_a_chain_has_a_name(
    stage: Stage, match: dict[str, str], kind: str, path: str, expected: type[MicrosoftError]
) -> None:
    client = stage.client(FakeTime())
    first = client.get(path, params={"$select": "id", **({} if "delta" in path else SELECT)})
    link = first.next_link
    if "delta" in path:
        link = client.get(path, params={"$deltatoken": "latest"}).delta_link
    with stage.control.fault(kind, match=match), pytest.raises(expected) as caught:
        client.get(link)
    if isinstance(caught.value, errors.DeltaExpired):
        assert "/users/delta" in caught.value.restart_link


def test_token_that_graph_refuses_is_renewed_once(stage: Stage, match: dict[str, str]) -> None:
    options = {"status": 401, "code": "InvalidAuthenticationToken"}
    with stage.control.fault("graph_error", match=match, options=options, times=1):
        assert stage.client(FakeTime()).get("/users", params=SELECT).value
    stage.control.call("DELETE", "/requests")
    with (
        stage.control.fault("graph_error", match=match, options=options),
        pytest.raises(errors.TokenRefused),
    ):
        stage.client(FakeTime()).get("/users", params=SELECT)
    assert stage.graph_requests() == 2


def test_consent_taken_away_in_the_middle_stops_the_reading(stage: Stage) -> None:
    client = stage.client(FakeTime())
    first = client.get("/users", params=SELECT)
    match = {"client_id": stage.settings.import_client_id}
    with (
        stage.control.fault("revoked_consent", match=match),
        pytest.raises(ServicePrincipalMissing) as caught,
    ):
        client.get(first.next_link)
    assert caught.value.is_consent_lost


def test_token_of_another_tenant_is_never_sent(stage: Stage) -> None:
    """A worker that mixes customers up is stopped before the first request."""
    other = stage.another_tenant()

    class Mixed(AppTokens):
        def get(self, tenant_id: UUID) -> AppToken:
            return super().get(stage.tenant_id)

    client = GraphClient(stage.settings, other.tenant_id, Mixed(stage.settings))
    with pytest.raises(TokenOfAnotherTenant):
        client.get("/users")
    assert other.graph_requests() == 0


def test_run_that_is_stopped_stops_waiting(stage: Stage, match: dict[str, str]) -> None:
    time, stop = FakeTime(), Event()

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        stop.set()

    hooks = Hooks(sleep=sleep, cancelled=stop.is_set)
    with (
        stage.control.fault("server_error", match=match, options={"status": 500}),
        pytest.raises(Cancelled),
    ):
        stage.client(time, hooks=hooks).get("/users", params=SELECT)
    assert len(time.slept) == 1


def test_server_that_is_down_is_named(stage: Stage) -> None:
    time = FakeTime()
    client = stage.client(time)
    client.settings = stage.with_settings(graph_url="https://localhost:1")
    with pytest.raises(errors.GraphUnavailable) as caught:
        client.get("/users", params=SELECT)
    assert "refused" in str(caught.value.details["message"]).lower()
    assert len(time.slept) > 0


WAITS: dict[str, tuple[dict[str, Any], Callable[[float], bool]]] = {
    "seconds": ({"form": "seconds", "seconds": 30}, lambda s: 29 < s <= 31),
    "date": ({"form": "date", "seconds": 30}, lambda s: 28 < s <= 32),
    "absurd": ({"form": "absurd"}, lambda s: 3_599 < s <= 3_600),
}


@pytest.mark.parametrize("form", WAITS)
def test_long_wait_is_handed_to_the_run(stage: Stage, match: dict[str, str], form: str) -> None:
    options, is_right = WAITS[form]
    time = FakeTime()
    client = stage.client(time)
    with (
        stage.control.fault("throttle", match=match, options=options, times=1),
        pytest.raises(errors.Throttled) as caught,
    ):
        client.get("/users", params=SELECT)
    assert is_right((caught.value.until - clock.now()).total_seconds())
    assert time.slept == []
    # Nobody of this tenant may ask before, not even for something else.
    with pytest.raises(errors.Throttled):
        client.get("/organization")
    time.now += 3_601
    assert client.get("/users", params=SELECT).value


@pytest.mark.parametrize("form", ["none", "negative", "text"])
def test_wait_that_is_not_told_is_a_growing_one(
    stage: Stage, match: dict[str, str], form: str
) -> None:
    time = FakeTime()
    client = stage.client(time, wait_limit=60)
    with stage.control.fault("throttle", match=match, options={"form": form}, times=3):
        assert client.get("/users", params=SELECT).value
    assert 0 < time.total < 2 + 4 + 8 + 1


def test_short_wait_is_slept_through(stage: Stage, match: dict[str, str]) -> None:
    time = FakeTime()
    options = {"form": "seconds", "seconds": 3}
    with stage.control.fault("throttle", match=match, options=options, times=1):
        assert stage.client(time).get("/users", params=SELECT).value
    assert 3 <= time.total < 4


def test_storm_ends_in_throttled_and_not_in_a_loop(stage: Stage, match: dict[str, str]) -> None:
    time = FakeTime()
    options = {"form": "seconds", "seconds": 2}
    stage.control.call("DELETE", "/requests")
    with (
        stage.control.fault("throttle", match=match, options=options),
        pytest.raises(errors.Throttled) as caught,
    ):
        stage.client(time).get("/users", params=SELECT)
    assert stage.graph_requests() == 5
    assert caught.value.until - clock.now() < timedelta(seconds=3)


def test_unavailable_with_retry_after_is_a_wait(stage: Stage, match: dict[str, str]) -> None:
    options = {"status": 503, "retry_after": 120}
    with (
        stage.control.fault("server_error", match=match, options=options),
        pytest.raises(errors.Throttled),
    ):
        stage.client(FakeTime()).get("/users", params=SELECT)
