"""Waiting: nobody asks inside a Retry-After window, and after it not all at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Lock
from uuid import uuid4

import pytest

from pilotage.kernel import clock
from pilotage.microsoft import retry_after
from pilotage.microsoft.graph import TenantThrottle
from pilotage.microsoft.graph.errors import ApplicationThrottled, Throttled, Trace
from pilotage.microsoft.graph.throttle import MAX_PARALLEL, throttle_for
from pilotage.microsoft.graph.turns import Hooks, Turns
from tests.microsoft.stage import FakeTime, Stage

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("0", 0.0),
        ("-5", 0.0),
        ("99999999999", 3_600.0),
        ("inf", 3_600.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 31.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Fri, 01 Mar 2126 12:00:30 GMT", 3_600.0),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_in_all_forms(value: str, expected: float | None) -> None:
    assert retry_after.seconds(value, NOW) == expected


def test_readers_wake_up_one_after_another() -> None:
    time = FakeTime()
    throttle = TenantThrottle(monotonic=time.monotonic)
    throttle.hold_back(10)
    waits = [throttle.wait_for() for _ in range(5)]
    assert waits == sorted(waits)
    assert all(wait >= 10 for wait in waits)
    assert waits[-1] - waits[0] > 0.4


def test_longer_wait_wins_and_shorter_one_does_not() -> None:
    time = FakeTime()
    throttle = TenantThrottle(monotonic=time.monotonic)
    throttle.hold_back(10)
    throttle.hold_back(2)
    assert throttle.remaining() == 10
    throttle.hold_back(20)
    assert throttle.remaining() == 20
    time.now += 20
    assert throttle.remaining() == 0
    assert throttle.wait_for() == 0


def test_a_wait_of_the_application_holds_back_every_tenant() -> None:
    url, ours = "https://graph.example", str(uuid4())
    one, other = (throttle_for(url, uuid4(), ours) for _ in range(2))
    stranger = throttle_for(url, uuid4(), str(uuid4()))
    one.hold_back(60, Trace(throttle_scope="Tenant_Application/Read/a/b", request_id="first"))
    assert (one.remaining() > 59, other.remaining()) == (True, 0.0)
    one.hold_back(90, Trace(throttle_scope="Application/Read/a", request_id="second"))
    assert 89 < other.remaining() <= 90
    assert stranger.remaining() == 0.0
    turns = Turns(other, Hooks(), wait_limit=5.0)
    with pytest.raises(ApplicationThrottled) as raised:
        turns.take(Trace(request_id="never sent"))
    assert raised.value.trace.request_id == "second"


def test_only_so_many_ask_at_once() -> None:
    throttle, lock = TenantThrottle(), Lock()
    inside: list[int] = []
    most: list[int] = []

    def ask(number: int) -> None:
        with throttle.slot():
            with lock:
                inside.append(number)
                most.append(len(inside))
            with lock:
                inside.remove(number)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, range(400)))
    assert max(most) <= MAX_PARALLEL


def test_eight_readers_make_no_request_inside_the_wait(stage: Stage) -> None:
    """One is told to wait two seconds; the simulator counts who comes back too early.

    One request at a time, as one that is under way when the wait begins is not to blame.
    """
    quiet = stage.another_tenant()
    client = quiet.client(throttle=TenantThrottle(parallel=1))
    client.get("/organization")
    match = {"tenant_id": str(quiet.tenant_id), "path": r"^/v1\.0/users"}
    options = {"form": "seconds", "seconds": 2}

    def read(_: int) -> int:
        return sum(len(page.value) for page in client.pages("/users", params={"$top": "20"}))

    with (
        quiet.control.fault("throttle", match=match, options=options, times=1, skip=5),
        ThreadPoolExecutor(8) as pool,
    ):
        totals = list(pool.map(read, range(8)))
    assert len(set(totals)) == 1
    counters = quiet.counters()
    assert counters["throttled"] == 1
    assert counters["requests_inside_retry_after"] == 0


@pytest.mark.parametrize("status", [500, 502, 503, 504, 509, 423])
def test_any_failure_that_names_a_time_is_waited_for(stage: Stage, status: int) -> None:
    quiet = stage.another_tenant()
    match = {"tenant_id": str(quiet.tenant_id), "path": r"^/v1\.0/users"}
    failing = {"status": status, "retry_after": 120}
    with (
        quiet.control.fault("server_error", match=match, options=failing),
        pytest.raises(Throttled) as raised,
    ):
        quiet.client(FakeTime()).get("/users")
    assert 110 < (raised.value.until - clock.now()).total_seconds() <= 121
    assert sum("/users" in seen["target"] for seen in quiet.requests_seen()) == 1
