"""Reading all collectors of a run side by side, and writing page by page.

Many threads read, this one writes: pages come in as Microsoft answers, and each is committed alone
with its chain's cursor. Waiting is never blind: every two seconds the crew looks around.
"""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from queue import Empty, Queue

import structlog
from django.conf import settings
from django.db import transaction

from pilotage.events.catalogue import Severity
from pilotage.imports.chains.choose import NEED_CHANGES, chain_of, plainer_way
from pilotage.imports.chains.listing import PARTED
from pilotage.imports.chains.step import NotOffered, Step
from pilotage.imports.collectors.collector import Below, Members
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.error_catalogue import code_of, entry_for
from pilotage.imports.errors import CollectorNeeded
from pilotage.imports.models import CollectorProgress, CollectorState, ImportChain, Phase
from pilotage.imports.run import restart
from pilotage.imports.run.commit_pages import commit_pages, end_without_changes, may_share
from pilotage.imports.run.give_up import drop_what_misleads
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import Where, note_error
from pilotage.imports.run.plan import begin
from pilotage.imports.run.reading import AHEAD, End, Outcome, Reading
from pilotage.imports.run.save_begin import never_read, save_begin, unfinished_chains
from pilotage.imports.run.source import Source
from pilotage.imports.run.stops import HasToWait, ToldToStop
from pilotage.imports.run.survey import ask_for_link
from pilotage.imports.run.verdict import GENERAL
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.graph.errors import (
    AnswerUnreadable,
    ApplicationThrottled,
    GraphUnavailable,
    LicenceMissing,
    RequestRefused,
    Throttled,
)

log = structlog.get_logger()
LOOK_AROUND_SECONDS = 2.0
FEW_PARTS, MOST_PARTS = 2, 8
IDLE_SECONDS = 0.06
PART_AHEAD = 2
# After so many waits, about six minutes, a list that can be done without is left to the next run.
OPTIONAL_TRIES = 3
# Slowing down is usual, and a wait is as long as Microsoft has asked for.
THROTTLED_TRIES = 6
ROWS_AT_ONCE = 5_000
_GOODBYE_SECONDS = 1.0
_ENDED = {CollectorState.SUCCEEDED, CollectorState.FAILED, CollectorState.SKIPPED}
# Microsoft does not answer for this list; others may fare better, unless it is `GENERAL`.
_OF_ONE_LIST = (AnswerUnreadable, GraphUnavailable)
# Says whether to read a collector anew (True) or that it was given up; raises a run's stops.
Judge = Callable[[PilotageError, ImportChain], bool]


class Crew:
    """The collectors of one run at work under one lease; what it saves is fenced by the lease."""

    def __init__(
        self,
        lease: Lease,
        source: Source,
        collectors: list[CollectorProgress],
        should_stop: Callable[[], bool],
        judge: Judge,
    ) -> None:
        self._lease = lease
        self._source = source
        self._all = collectors
        self._should_stop = should_stop
        self._judge = judge
        self._queue: Queue[tuple[Reading, Outcome]] = Queue()
        self._aside: deque[tuple[Reading, Outcome]] = deque()
        self._waiting: deque[Reading] = deque()
        self._reading: list[Reading] = []
        self._have_to_wait: list[HasToWait] = []
        self._has_told = False
        self._began: dict[str, float] = {}
        self._parts = FEW_PARTS

    def work(self, names: set[str]) -> None:
        """Take these collectors to their ends; raises the stops of a run.

        One that Microsoft does not answer for is waited for when all others have been read.
        """
        try:
            self._begin_what_can(names)
            while self._reading or self._gave_up_in_the_end():
                if self._reading:
                    self._take(*self._next())
                self._begin_what_can(names)
        finally:
            self._end_readings(self._reading)

    def give_up(
        self, progress: CollectorProgress, error: PilotageError, *, is_skipped: bool = False
    ) -> None:
        """Note that a collector failed, or was left out; the others go on."""
        self._stop(progress)
        progress.state = CollectorState.SKIPPED if is_skipped else CollectorState.FAILED
        progress.finished_at = clock.now()
        progress.errors += entry_for(code_of(error)).severity != Severity.INFO
        with transaction.atomic():
            self._lease.renew()
            drop_what_misleads(progress, BY_NAME[progress.collector], error)
            progress.save()
            # What was not even begun has no page.
            page = None if isinstance(error, CollectorNeeded) else progress.page_number + 1
            note_error(Where(progress.run, progress.collector, page), error)

    # Beginning

    def _begin_what_can(self, names: set[str]) -> None:
        able = [
            progress
            for progress in self._all
            if progress.collector in names
            and progress.collector not in self._began
            and progress.state not in _ENDED
            and self._can_begin(progress)
        ]
        # One that Microsoft was waited for in vain comes last: its wait would be everybody's.
        able = [p for p in able if not p.tries] or ([] if self._reading else able)
        if able:
            self._begin(able)
            self._prepare(able)
        while self._waiting and self._has_hands_for(self._waiting[0]):
            reading = self._waiting.popleft()
            self._reading.append(reading)
            reading.start(self._source)

    def _has_hands_for(self, reading: Reading) -> bool:
        """More parts of a list at once hold more memory, so there are only as many as it takes."""
        if reading.row.way != PARTED:
            return True
        parts = sum(other.row.way == PARTED for other in self._reading)
        return parts < min(self._parts, settings.MICROSOFT.parallel)

    def _can_begin(self, progress: CollectorProgress) -> bool:
        """Not before what it needs has been read; without that it is given up."""
        collector = BY_NAME[progress.collector]
        if not isinstance(collector, Members | Below):
            return True
        needed = next(p for p in self._all if p.collector == collector.of)
        if needed.state in _ENDED and needed.state != CollectorState.SUCCEEDED:
            self.give_up(progress, _lacking(needed), is_skipped=True)
        return needed.state == CollectorState.SUCCEEDED

    def _begin(self, able: list[CollectorProgress]) -> None:
        chains: list[ImportChain] = []
        with transaction.atomic():
            self._lease.renew()
            new = [progress for progress in able if progress.phase == Phase.NONE]
            fresh = never_read(new)
            for progress in able:
                self._began[progress.collector] = time.monotonic()
                progress.started_at = progress.started_at or clock.now()
                progress.state = CollectorState.RUNNING
                if progress in new:
                    progress.is_fresh = progress in fresh
                    chains += begin(progress, BY_NAME[progress.collector])
            save_begin(able, chains)

    def _prepare(self, begun: list[CollectorProgress]) -> None:
        """Line up the chains of the collectors' phases; the long ones behind the single ones."""
        for row in unfinished_chains(begun):
            collector = BY_NAME[row.progress.collector]
            is_part = row.way == PARTED
            chain = chain_of(collector, row.way, row.start)
            reading = Reading(row, chain, collector, self._queue, PART_AHEAD if is_part else AHEAD)
            if is_part:
                self._waiting.append(reading)
            else:
                self._waiting.appendleft(reading)

    # What comes in

    def _next(self) -> tuple[Reading, Outcome]:
        if self._aside:
            return self._aside.popleft()
        began = time.monotonic()
        while True:
            try:
                found = self._queue.get(timeout=LOOK_AROUND_SECONDS)
            except Empty:
                self.look_around()
                continue
            if time.monotonic() - began > IDLE_SECONDS:
                # What is written has to wait for what is read: one more part may help.
                self._parts = min(MOST_PARTS, self._parts + 1)
            return found

    def look_around(self) -> None:
        """While Microsoft is waited for: hold the lease on, and notice that the run was stopped."""
        self._stop_if_told()
        self._lease.renew()
        self._tell_throttled()

    def _tell_throttled(self) -> None:
        """A wait that is too short to lay the run down for is seen as well while it lasts."""
        seconds = self._source.throttled_for()
        if seconds > 0 or self._has_told:
            until = clock.now() + timedelta(seconds=seconds) if seconds > 0 else None
            self._lease.tell_throttled(until)
            self._has_told = until is not None

    def _take(self, reading: Reading, outcome: Outcome) -> None:
        if reading.stopped.is_set():
            return
        if isinstance(outcome, Step):
            self._commit(self._with_others(reading, outcome))
        elif isinstance(outcome, End):
            self._reading.remove(reading)
        else:
            self._trouble(reading, outcome)

    def _with_others(self, reading: Reading, step: Step) -> list[tuple[Reading, Step]]:
        """The page, and those that have come by now and may be stored together with it."""
        pages, rows, keys = [(reading, step)], step.rows.count, set(step.touched_keys)
        if not may_share(step):
            return pages
        with suppress(Empty):
            while True:
                self._aside.append(self._queue.get_nowait())
        came, self._aside = self._aside, deque()
        passed: set[Reading] = set()
        for other, outcome in came:
            shares = (
                other.progress is reading.progress
                and other not in passed
                and not other.stopped.is_set()
                and isinstance(outcome, Step)
                and may_share(outcome)
                and rows + outcome.rows.count <= ROWS_AT_ONCE
                and keys.isdisjoint(outcome.touched_keys)
            )
            if shares and isinstance(outcome, Step):
                pages.append((other, outcome))
                rows += outcome.rows.count
                keys.update(outcome.touched_keys)
            else:
                # What comes behind it on the same chain has to stay behind it.
                passed.add(other)
                self._aside.append((other, outcome))
        return pages

    def _commit(self, pages: list[tuple[Reading, Step]]) -> None:
        reading = pages[0][0]
        progress = reading.progress
        began = self._began[progress.collector]
        phase = progress.phase
        try:
            rows = [(other.row, step) for other, step in pages]
            commit_pages(self._lease, reading.collector, rows, began)
        except PilotageError as error:
            self._trouble(reading, error)
            return
        self._began[progress.collector] = time.monotonic()
        if self._has_told:
            self._tell_throttled()
        for other, _ in pages:
            other.written()
        if progress.phase != phase and progress.state not in _ENDED:
            self._prepare([progress])
        self._stop_if_told()

    def _stop_if_told(self) -> None:
        if self._should_stop():
            raise ToldToStop

    # Trouble

    def _trouble(self, reading: Reading, error: BaseException) -> None:
        if isinstance(error, NotOffered):
            self._take_plainer_way(reading, error)
        elif not isinstance(error, PilotageError):
            raise error
        else:
            self._pass_judgement(reading, error)

    def _pass_judgement(self, reading: Reading, error: PilotageError) -> None:
        try:
            is_worth_another_try = self._judge(error, reading.row)
        except HasToWait as stop:
            if self._is_held_back_alone(stop):
                self.give_up(reading.progress, stop.error)
                return
            if isinstance(stop.error, GENERAL) or not isinstance(stop.error, _OF_ONE_LIST):
                raise
            self._stop(reading.progress)
            self._have_to_wait.append(stop)
            return
        if is_worth_another_try:
            self._restart(reading)
        else:
            # A licence that a tenant does not have is no error; the collector is left out.
            is_skipped = isinstance(error, LicenceMissing)
            self.give_up(reading.progress, error, is_skipped=is_skipped)

    def _is_held_back_alone(self, stop: HasToWait) -> bool:
        """A list that can be done without, which alone is asked to wait again and again."""
        progress = stop.progress
        is_throttled = isinstance(stop.error, Throttled)
        if not is_throttled or isinstance(stop.error, ApplicationThrottled):
            return False
        others = [p for p in self._all if p is not progress and p.is_required]
        is_alone = all(other.state in _ENDED for other in others)
        return is_alone and not progress.is_required and progress.tries >= THROTTLED_TRIES

    def _gave_up_in_the_end(self) -> bool:
        """All that can be read has been. What is left is waited for, until the first is due.

        When a run could do without all of them, that has an end: a first import must not keep a
        customer pending for hours. Whether one was given up; then its followers are left out.
        """
        left = sorted(self._have_to_wait, key=lambda stop: stop.until)
        self._have_to_wait.clear()
        if not left:
            return False
        tried = [stop for stop in left if stop.progress.tries >= OPTIONAL_TRIES]
        if tried and not any(stop.progress.is_required for stop in left):
            for stop in tried:
                self.give_up(stop.progress, stop.error)
            self._have_to_wait = [stop for stop in left if stop not in tried]
            return True
        first, *first.others = left
        raise first

    def _restart(self, reading: Reading) -> None:
        progress, link = reading.progress, ""
        self._stop(progress)
        if progress.phase == Phase.CHANGES:
            link = ask_for_link(self._source, reading.collector, self.look_around)
        with transaction.atomic():
            self._lease.renew()
            restart.restart(progress, reading.row, link)
        self._again(progress)

    def _take_plainer_way(self, reading: Reading, refusal: NotOffered) -> None:
        progress, collector = reading.progress, reading.collector
        self._stop(progress)
        if progress.phase == Phase.CHANGES and not progress.is_delta:
            if progress.way not in NEED_CHANGES:
                end_without_changes(self._lease, progress, collector)
                return
            # What moved from one part to another meanwhile has been missed, and nobody tells it.
            progress.delta_link = ""
        plainer = plainer_way(collector, progress.way)
        if plainer is None and not progress.is_delta:
            self._trouble(reading, refusal.__cause__ or RequestRefused())
            return
        log.info("plainer_way", collector=collector.name, way=plainer)
        with transaction.atomic():
            self._lease.renew()
            restart.take_way(progress, reading.row, collector, plainer)
        self._again(progress)

    def _again(self, progress: CollectorProgress) -> None:
        del self._began[progress.collector]

    def _stop(self, progress: CollectorProgress) -> None:
        """Read no chain of this collector any further."""
        mine = [r for r in (*self._reading, *self._waiting) if r.progress is progress]
        for reading in mine:
            reading.stop()
        self._waiting = deque(r for r in self._waiting if r.progress is not progress)
        self._reading = [r for r in self._reading if r.progress is not progress]

    def _end_readings(self, readings: list[Reading]) -> None:
        for reading in readings:
            reading.stop()
        end = time.monotonic() + _GOODBYE_SECONDS
        for reading in readings:
            reading.join(max(0.0, end - time.monotonic()))


def _lacking(needed: CollectorProgress) -> CollectorNeeded:
    became = "was left out" if needed.state == CollectorState.SKIPPED else "failed"
    return CollectorNeeded(f"Needs {BY_NAME[needed.collector].label}, which {became}.")
