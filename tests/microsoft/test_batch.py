"""Batches: twenty questions in one request, each with an answer of its own."""

import msgspec
import pytest

from pilotage.kernel import clock
from pilotage.microsoft.graph import BatchItem, errors
from tests.microsoft.stage import FakeTime, Stage

COUNTED = {"ConsistencyLevel": "eventual"}


class Named(msgspec.Struct):
    id: str


def items(stage: Stage) -> list[BatchItem]:
    return [
        BatchItem("organization", "/organization"),
        BatchItem("users", "/users?$select=id&$top=20"),
        BatchItem("count", "/users/$count", COUNTED),
        BatchItem("nobody", "/users/11111111-2222-4333-8444-555555555555"),
        BatchItem("bad", "/users?$top=1000"),
    ]


def test_each_item_has_its_own_answer_in_the_order_asked(stage: Stage) -> None:
    organization, users, count, nobody, bad = stage.client().batch(items(stage))
    assert organization.page is not None
    assert [item.id for item in organization.page.items(Named)] == [str(stage.tenant_id)]
    assert users.page is not None
    assert len(users.page.value) == 20
    assert count.page is not None
    assert count.page.decode(int) >= 60
    assert isinstance(nobody.error, errors.ObjectGone)
    assert isinstance(bad.error, errors.RequestRefused)


def test_link_of_an_item_leads_on_alone_and_in_a_batch(stage: Stage) -> None:
    client = stage.client()
    first = client.batch([BatchItem("users", "/users?$select=id&$top=20")])[0].page
    assert first is not None
    alone = client.get(first.next_link)
    batched = client.batch([BatchItem("users", first.next_link)])[0].page
    assert batched is not None
    assert batched.items(Named) == alone.items(Named)


def test_throttled_items_are_asked_for_again_and_the_others_are_not(stage: Stage) -> None:
    time = FakeTime()
    quiet = stage.another_tenant()
    client = quiet.client(time)
    match = {"tenant_id": str(quiet.tenant_id), "path": r"^/v1\.0/users\?"}
    options = {"form": "seconds", "seconds": 3}
    with quiet.control.fault("throttle", match=match, options=options, times=1):
        answers = client.batch(items(quiet))
    assert answers[1].page is not None
    assert 3 <= time.total < 4
    batched = [seen["target"] for seen in quiet.requests_seen() if seen["in_batch"]]
    assert sum(target.startswith("/v1.0/organization") for target in batched) == 1
    assert sum(target.startswith("/v1.0/users?$select") for target in batched) == 2


def test_long_wait_of_one_item_does_not_lose_the_others(stage: Stage) -> None:
    time = FakeTime()
    quiet = stage.another_tenant()
    match = {"tenant_id": str(quiet.tenant_id), "path": r"^/v1\.0/users\?"}
    options = {"form": "seconds", "seconds": 600}
    with quiet.control.fault("throttle", match=match, options=options):
        organization, users, *_ = quiet.client(time).batch(items(quiet))
    assert organization.page is not None
    assert isinstance(users.error, errors.Throttled)
    assert time.slept == []


def test_item_that_keeps_failing_is_given_up(stage: Stage) -> None:
    time = FakeTime()
    match = {"tenant_id": str(stage.tenant_id), "path": r"^/v1\.0/users\?"}
    with stage.control.fault("server_error", match=match, options={"status": 502}):
        organization, users, *_ = stage.client(time).batch(items(stage))
    assert organization.page is not None
    assert isinstance(users.error, errors.GraphUnavailable)
    assert len(time.slept) >= 4


def test_whole_batch_that_is_throttled_is_raised(stage: Stage) -> None:
    match = {"tenant_id": str(stage.tenant_id), "path": r"\$batch"}
    options = {"form": "seconds", "seconds": 60}
    with (
        stage.control.fault("throttle", match=match, options=options),
        pytest.raises(errors.Throttled),
    ):
        stage.client(FakeTime()).batch(items(stage))


def test_batch_has_one_to_twenty_items_with_different_ids(stage: Stage) -> None:
    for wrong in (
        [],
        [BatchItem(str(number), "/organization") for number in range(21)],
        [BatchItem("a", "/organization"), BatchItem("a", "/domains")],
    ):
        with pytest.raises(ValueError, match="1 to 20"):
            stage.client().batch(wrong)


def test_foreign_link_is_refused_before_anything_is_sent(stage: Stage) -> None:
    with pytest.raises(errors.ForeignLink):
        stage.client().batch([BatchItem("a", "https://evil.example/v1.0/users")])


def test_a_wait_that_comes_with_the_last_attempt_holds_everybody_back(stage: Stage) -> None:
    quiet = stage.another_tenant()
    client = quiet.client(FakeTime())
    match = {"tenant_id": str(quiet.tenant_id), "path": r"^/v1\.0/users\?"}
    with (
        quiet.control.fault("server_error", match=match, options={"status": 500}, times=4),
        quiet.control.fault("throttle", match=match, options={"seconds": 600}, skip=4, times=1),
    ):
        good, late = client.batch(
            [BatchItem("o", "/organization"), BatchItem("u", "/users?$select=id")]
        )
    assert good.page is not None
    assert isinstance(late.error, errors.Throttled)
    assert 590 < (late.error.until - clock.now()).total_seconds() <= 600
    with pytest.raises(errors.Throttled):
        client.get("/organization")


def test_the_longest_wait_of_a_batch_counts(stage: Stage) -> None:
    quiet = stage.another_tenant()
    match = {"tenant_id": str(quiet.tenant_id)}
    users, groups = ({**match, "path": rf"^/v1\.0/{name}\?"} for name in ("users", "groups"))
    with (
        quiet.control.fault("throttle", match=users, options={"seconds": 300}, times=1),
        quiet.control.fault("throttle", match=groups, options={"seconds": 20}, times=1),
    ):
        answers = quiet.client(FakeTime()).batch(
            [
                BatchItem("o", "/organization"),
                BatchItem("u", "/users?$select=id"),
                BatchItem("g", "/groups?$select=id"),
            ]
        )
    for late in answers[1:]:
        assert isinstance(late.error, errors.Throttled)
        assert 290 < (late.error.until - clock.now()).total_seconds() <= 300
