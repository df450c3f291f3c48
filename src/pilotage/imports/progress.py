"""A run's progress as pages, API and command line show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.error_catalogue import entry_for
from pilotage.imports.error_words import what_happened
from pilotage.imports.models import (
    CollectorProgress,
    CollectorState,
    ImportRun,
    Phase,
    RunError,
    RunPurpose,
    RunState,
    WaitingReason,
)
from pilotage.imports.models.import_run import LEASE_SECONDS
from pilotage.imports.time_left import left_of, rate_of, seconds_left
from pilotage.kernel import clock

SILENT_SECONDS = 8
# When it goes on within that time, the minute alone does not tell much.
_NEAR = timedelta(minutes=2)
_ENDED = {CollectorState.SUCCEEDED, CollectorState.FAILED, CollectorState.SKIPPED}
# How a list is read, by the name of its chains; see ADR 11.
_WAYS = {
    "parted": "in parts, side by side",
    "by_ids": "fifty groups at a time",
    "delta": "in one chain of changes",
    "batch": "twenty at a time",
    "one_by_one": "one by one",
    "expanded": "together with what holds them",
    "paged": "page by page",
    "selected": "page by page, in pages of Microsoft's size",
    "plain": "page by page, with all properties",
}
_WAITING_TEXTS = {
    WaitingReason.THROTTLED: "Throttled until {time}",
    WaitingReason.PROPAGATION: "Microsoft is spreading the consent; next look at {time}",
    WaitingReason.UNAVAILABLE: "Microsoft does not answer; next try at {time}",
    WaitingReason.CONSENT_CHECK: "Checking the consent again at {time}",
    WaitingReason.DATABASE: "Pilotage's database has trouble; next try at {time}",
    WaitingReason.WINDOW: "The import window is closed; goes on at {time}",
}


@dataclass(frozen=True, slots=True)
class CollectorLine:
    """One collector; `expected` is None where the total is unknown, `rate` is objects a second.

    `seconds_left` is a guess or None. `doing` says what is or was read and how ("page by page"),
    `reason` why it failed or was left out. `started_at` and `finished_at` are None until then.
    `is_carried`: the attempt before has read it, at these times and with these counts.
    """

    name: str
    label: str
    state: str
    state_label: str
    is_required: bool
    is_carried: bool
    read: int
    expected: int | None
    written: int
    removed: int
    errors: int
    rate: float
    seconds_left: float | None
    seconds: float
    percent: int
    pages: int
    doing: str
    reason: str
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Where a run stands. `percent` is a whole number of 0 to 100; it is 100 only at the end.

    `seconds_left` is a rough guess or None.
    `errors` counts what is still wrong, `objects` what this run has read. `not_tonight` are the
    names of collectors that a nightly run leaves to another night. `is_silent`: nothing was heard
    of the worker for a while, which may have ended.
    """

    run_id: UUID
    number: int
    state: str
    state_label: str
    is_finished: bool
    percent: int
    objects: int
    errors: int
    collectors: list[CollectorLine]
    not_tonight: list[str]
    waiting_reason: str
    waiting_until: datetime | None
    is_silent: bool
    seconds_left: int | None
    outcome: str

    @property
    def current(self) -> CollectorLine | None:
        """The collector that is being read; of several the one with most still to come."""
        running = [line for line in self.collectors if line.state == CollectorState.RUNNING]
        return max(running, key=lambda line: (line.expected or 0) - line.read, default=None)

    @property
    def rate(self) -> float:
        """Objects a second, of all lists that are being read."""
        return sum(line.rate for line in self.collectors if line.state == CollectorState.RUNNING)

    @property
    def left_to_another_night(self) -> str:
        """ "Sign-in activity (every 3 nights)", or ""."""
        known = [BY_NAME[name] for name in self.not_tonight]
        return ", ".join(f"{one.label} (every {one.nights_between} nights)" for one in known)

    @property
    def headline(self) -> str:
        """What is going on, in one short line."""
        line = self.current
        if self.is_finished or line is None or self.state != RunState.RUNNING:
            return f"Import {self.state_label.lower()}"
        total = f" of {line.expected:,}" if line.expected else ""
        others = sum(other.state == CollectorState.RUNNING for other in self.collectors) - 1
        more = f" and {others} other list{'s' if others > 1 else ''}" if others else ""
        return f"Importing {line.label[:1].lower()}{line.label[1:]}: {line.read:,}{total}{more}"

    @property
    def waiting(self) -> str:
        """Why nothing moves and until when ("Throttled until 10:42"), or "".

        The time is in Django's current time zone, which the pages set to the partner's.
        """
        if self.waiting_until is None or not self.waiting_reason:
            return ""
        local = localtime(self.waiting_until)
        is_near = self.waiting_until - clock.now() < _NEAR
        time = f"{local:%H:%M:%S}" if is_near else f"{local:%H:%M}"
        return _WAITING_TEXTS[WaitingReason(self.waiting_reason)].format(time=time)

    @property
    def left(self) -> str:
        """The time that is left, roughly ("2 min"), or "" when it cannot be told."""
        seconds = self.seconds_left
        if seconds is None or self.is_finished:
            return ""
        if seconds < 90:
            return f"{max(seconds, 1)} s"
        return f"{round(seconds / 60)} min" if seconds < 5400 else f"{round(seconds / 3600)} h"


def progress_of(run: ImportRun) -> RunProgress:
    """The progress of a run; cheap when collectors and errors have been prefetched."""
    reasons = reasons_of(run)
    lines = [_line(progress, reasons) for progress in run.collectors.all()]
    is_done = run.state in {RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED}
    percent = 100 if is_done else _percent(lines)
    still_wrong = [e for e in run.errors.all() if e.resolved_at is None]
    return RunProgress(
        run_id=run.id,
        number=run.number,
        state=run.state,
        state_label=run.get_state_display(),
        is_finished=run.is_finished,
        percent=percent,
        objects=sum(progress.read_by_run for progress in run.collectors.all()),
        errors=sum(e.count for e in still_wrong if entry_for(e.code).severity != "info"),
        collectors=lines,
        not_tonight=not_tonight(run),
        waiting_reason=run.waiting_reason,
        waiting_until=run.waiting_until,
        is_silent=_is_silent(run),
        seconds_left=seconds_left(run, percent),
        outcome=run.outcome,
    )


def _is_silent(run: ImportRun) -> bool:
    """A worker that is well renews its lease every two seconds."""
    if run.state != RunState.RUNNING or run.lease_until is None:
        return False
    return run.lease_until - clock.now() < timedelta(seconds=LEASE_SECONDS - SILENT_SECONDS)


def reasons_of(run: ImportRun) -> dict[str, RunError]:
    """Why collectors failed or were left out: for each the latest of its errors that is left.

    A collector that was left out without one is not named.
    """
    ended_badly = {CollectorState.FAILED, CollectorState.SKIPPED}
    bad = {p.collector for p in run.collectors.all() if p.state in ended_badly}
    left = [e for e in run.errors.all() if e.collector in bad and e.resolved_at is None]
    return {e.collector: e for e in sorted(left, key=lambda e: e.last_at)}


def not_tonight(run: ImportRun) -> list[str]:
    """The collectors that a nightly run leaves to another night, by name; [] for other runs."""
    if run.purpose != RunPurpose.NIGHTLY:
        return []
    there = {progress.collector for progress in run.collectors.all()}
    return [
        name for name, known in BY_NAME.items() if known.nights_between > 1 and name not in there
    ]


def _line(progress: CollectorProgress, reasons: dict[str, RunError]) -> CollectorLine:
    known = BY_NAME.get(progress.collector)
    reason = reasons.get(progress.collector)
    return CollectorLine(
        name=progress.collector,
        label=known.label if known else progress.collector,
        state=progress.state,
        state_label=progress.get_state_display(),
        is_required=progress.is_required,
        is_carried=progress.is_carried,
        read=progress.read,
        expected=progress.expected,
        written=progress.written,
        removed=progress.removed,
        errors=progress.errors,
        rate=rate_of(progress),
        seconds_left=left_of(progress),
        seconds=progress.seconds,
        percent=int(100 * _share(progress.state, progress.read, progress.expected)),
        pages=progress.page_number,
        doing=_doing(progress),
        reason=what_happened(reason) if reason else "",
        started_at=progress.started_at,
        finished_at=progress.finished_at,
    )


def _doing(progress: CollectorProgress) -> str:
    if progress.started_at is None:
        return "goes on where the attempt before stopped" if progress.read else ""
    if progress.is_delta:
        return "only what has changed"
    how = _WAYS.get(progress.way, progress.way)
    if progress.state == CollectorState.RUNNING and progress.phase == Phase.CHANGES:
        return "what has changed meanwhile"
    return f"once more, {how}" if progress.phase == Phase.AGAIN else how


def _share(state: str, read: int, expected: int | None) -> float:
    """How much of one collector is done, 0 to 1; a running one is never quite done."""
    if state in _ENDED:
        return 1.0
    return min(read / expected, 0.99) if expected else 0.0


def _percent(lines: list[CollectorLine]) -> int:
    weights = [BY_NAME[line.name].weight if line.name in BY_NAME else 1 for line in lines]
    done = sum(
        weight * _share(line.state, line.read, line.expected)
        for weight, line in zip(weights, lines, strict=True)
    )
    return min(int(100 * done / sum(weights)), 99) if weights else 0
