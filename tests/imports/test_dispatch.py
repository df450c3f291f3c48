"""Whose turn it is."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from pilotage.imports.dispatch.pick import is_something_due, pick_run
from pilotage.imports.dispatch.slot import Slot
from pilotage.imports.jobs import MOST_WAKE_UPS, wake
from pilotage.imports.models import ImportRun, RunPurpose, RunState, WaitingReason
from pilotage.imports.run.lease import take_lease
from pilotage.imports.run.wait import hand_back
from pilotage.imports.upkeep import rescue
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.queues import new_partner, queued_runs
from tests.imports.stage import jobs


def picked(times: int) -> list[UUID | None]:
    return [pick_run() for _ in range(times)]


def ids(runs: Iterable[ImportRun]) -> list[UUID]:
    return [run.id for run in runs]


def read(run: ImportRun, *, lease: timedelta = timedelta(seconds=20), pages: bool = True) -> None:
    """As if a worker were at it, and had been for a while."""
    long_ago = clock.now() - timedelta(minutes=1)
    ImportRun.objects.filter(id=run.id).update(
        state=RunState.RUNNING,
        lease_until=clock.now() + lease,
        picked_at=long_ago,
        idle_starts=0 if pages else 1,
    )


def slot_of(run: ImportRun, *, stay: float = 3.0) -> Slot:
    """The place of a run that has been read for `stay` seconds."""
    slot = Slot(run.id, lambda: False)
    slot._began = slot._asked = time.monotonic() - stay
    return slot


def test_partners_take_turns_whatever_they_have_queued(world: World) -> None:
    many = queued_runs(world.harbour, 5)
    few = queued_runs(world.other, 2)
    served = picked(6)
    assert served[:4].count(few[0].id) == served[:4].count(few[1].id) == 1
    assert [found for found in served if found in ids(many)] == ids(many)[:4]
    assert picked(2) == [many[4].id, None]


def test_first_imports_go_before_those_on_demand_and_these_before_nightly_ones(
    world: World,
) -> None:
    nightly = queued_runs(world.harbour, 1, purpose=RunPurpose.NIGHTLY)
    wanted = queued_runs(world.harbour, 2)
    first = queued_runs(world.harbour, 1, purpose=RunPurpose.FIRST)
    assert picked(4) == ids([*first, *wanted, *nightly])


def test_a_partner_whose_runs_are_being_read_stands_behind_the_others(world: World) -> None:
    mine = queued_runs(world.harbour, 3)
    read(mine[0])
    theirs = queued_runs(world.other, 1)
    assert picked(2) == [theirs[0].id, mine[1].id]


def test_what_waits_or_is_being_read_is_left_alone_until_its_time(world: World) -> None:
    waits, runs, lost, over = queued_runs(world.harbour, 4)
    now = clock.now()
    for run, until in ((waits, now + timedelta(minutes=1)), (over, now - timedelta(seconds=1))):
        _wait_until(run, until)
    read(runs)
    read(lost, lease=timedelta(seconds=-1))
    assert picked(3) == [lost.id, over.id, None]
    assert not is_something_due()


def test_a_worker_that_dies_before_it_begins_delays_a_run_by_seconds(world: World) -> None:
    (run,) = queued_runs(world.harbour, 1)
    assert picked(2) == [run.id, None]
    long_ago = clock.now() - timedelta(seconds=11)
    ImportRun.objects.filter(id=run.id).update(picked_at=long_ago)
    rescue()
    assert jobs("next_import")
    assert picked(1) == [run.id]


def test_a_run_that_was_handed_back_may_go_on_at_once(world: World) -> None:
    (run,) = queued_runs(world.harbour, 1)
    assert picked(1) == [run.id]
    lease = take_lease(run.id)
    assert lease is not None
    hand_back(lease)
    assert picked(1) == [run.id]


def test_the_job_table_stays_short(world: World) -> None:
    for _ in range(MOST_WAKE_UPS + 5):
        wake()
    assert len(jobs("next_import")) == MOST_WAKE_UPS
    later = clock.now().replace(microsecond=0) + timedelta(minutes=5)
    for milliseconds in range(0, 900, 100):
        wake(at=later + timedelta(milliseconds=milliseconds))
    assert len(jobs("next_import")) == MOST_WAKE_UPS + 1


def test_a_long_backlog_does_not_slow_the_choice(world: World) -> None:
    backlog = queued_runs(world.harbour, 10_000)
    for number in range(50):
        queued_runs(new_partner(world, f"Partner {number}"), 1)
    with connection.cursor() as cursor:
        cursor.execute("analyze imports_importrun")
    took = []
    for _ in range(40):
        began = time.perf_counter()
        assert pick_run() is not None
        took.append(time.perf_counter() - began)
    middle = sorted(took)[len(took) // 2]
    print(f"one choice among {len(backlog)} runs of 51 partners: {1000 * middle:.1f} ms")
    assert middle < 0.1


@pytest.mark.parametrize(
    ("reading", "waiting", "stay", "gives_way"),
    [
        (2, "other", 3.0, True),
        (1, "other", 3.0, False),
        (1, "other", 31.0, True),
        (2, "other", 1.0, False),
        (1, "more urgent of other", 3.0, True),
        (1, "more urgent", 3.0, True),
        (1, "less urgent", 31.0, False),
        (2, "nothing", 31.0, False),
    ],
)
def test_a_run_gives_way_to_who_has_nothing_being_read(
    world: World, reading: int, waiting: str, stay: float, gives_way: bool
) -> None:
    mine = queued_runs(world.harbour, reading)
    for run in mine:
        read(run)
    partner = world.other if waiting.endswith("other") else world.harbour
    if waiting != "nothing":
        purposes = {"more": RunPurpose.FIRST, "less": RunPurpose.NIGHTLY}
        queued_runs(partner, 1, purpose=purposes.get(waiting[:4], RunPurpose.ON_DEMAND))
    answers = [slot_of(run, stay=stay)() for run in mine]
    assert sum(answers) == gives_way, "and only one at a time"


def test_slow_pages_starve_nobody(world: World) -> None:
    """Who has read no page in its turn is not sent away by a partner that takes turns with it."""
    (mine,) = queued_runs(world.harbour, 1)
    read(mine, pages=False)
    queued_runs(world.other, 1)
    assert not slot_of(mine, stay=99)()


def test_a_worker_that_ends_is_obeyed_at_once(world: World) -> None:
    (mine,) = queued_runs(world.harbour, 1)
    assert Slot(mine.id, lambda: True)()


def _wait_until(run: ImportRun, until: datetime) -> None:
    ImportRun.objects.filter(id=run.id).update(
        state=RunState.WAITING, waiting_reason=WaitingReason.THROTTLED, waiting_until=until
    )
