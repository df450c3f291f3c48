"""An import run in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pilotage.imports.collectors.collector import Below, Members
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.error_catalogue import Acts, Entry, entry_for
from pilotage.imports.error_words import particular, what_happened, what_to_do
from pilotage.imports.models import CollectorState, ImportRun, RunError, RunState, RunWait
from pilotage.kernel import clock
from pilotage.web import times

_PILLS = {
    RunState.QUEUED: "accent",
    RunState.RUNNING: "accent busy",
    RunState.WAITING: "warn",
    RunState.SUCCEEDED: "ok",
    RunState.PARTIALLY_SUCCEEDED: "warn",
    RunState.FAILED: "bad",
    RunState.CANCELED: "still",
}
COLLECTOR_PILLS = {
    CollectorState.PENDING.value: "still",
    CollectorState.RUNNING.value: "accent busy",
    CollectorState.SUCCEEDED.value: "ok",
    CollectorState.FAILED.value: "bad",
    CollectorState.SKIPPED.value: "warn",
    CollectorState.STOPPED.value: "still",
}
_WHO = {
    Acts.NOBODY: "Nobody",
    Acts.PARTNER: "You",
    Acts.CUSTOMER: "The customer's admin",
    Acts.MICROSOFT: "Microsoft",
    Acts.PROVIDER: "The provider of this installation",
}
_STYLES = {"info": "", "warning": "warn", "error": "bad"}


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One row of a list of runs, or the head of a run's page; `read` is what this run has read."""

    run: ImportRun
    read: int
    errors: int

    @property
    def kind(self) -> str:
        """The style of the state's pill."""
        return _PILLS[RunState(self.run.state)]

    @property
    def label(self) -> str:
        """The state, with the attempt if it is not the first."""
        return str(RunState(self.run.state).label)

    @property
    def seconds(self) -> float | None:
        """How long it took, or has taken so far."""
        if self.run.started_at is None:
            return None
        end: datetime = self.run.finished_at or clock.now()
        return (end - self.run.started_at).total_seconds()

    @property
    def duration(self) -> str:
        """The same in words."""
        return "–" if self.seconds is None else times.span(self.seconds)


@dataclass(frozen=True, slots=True)
class ShownError:
    """One kind of error with what the catalogue knows about it."""

    error: RunError
    entry: Entry
    # The error of the part of the import that this one needs, if it is one that needs another.
    cause: RunError | None = None

    @property
    def text(self) -> str:
        """What happened."""
        return what_happened(self.error)

    @property
    def particular(self) -> str:
        """What only this one tells, or ""."""
        return particular(self.error)

    @property
    def remedy(self) -> str:
        """What to do."""
        return what_to_do(self.error)

    @property
    def who(self) -> str:
        """Who has to act."""
        return who_acts(self.entry)

    @property
    def collector(self) -> str:
        """What was being read, "" where it was no collector."""
        known = BY_NAME.get(self.error.collector)
        return known.label if known else self.error.collector

    @property
    def style(self) -> str:
        """The style of the severity."""
        return _STYLES[self.entry.severity.value]


@dataclass(frozen=True, slots=True)
class ShownWait:
    """One wait of a run, in words."""

    reason: str
    collector: str
    began_at: datetime
    until: datetime
    took: str
    is_over: bool


def shown_waits(waits: Iterable[RunWait]) -> list[ShownWait]:
    """Each with how long it took, or has taken so far."""
    return [
        ShownWait(
            reason=wait.get_reason_display(),
            collector=BY_NAME[wait.collector].label if wait.collector in BY_NAME else "",
            began_at=wait.began_at,
            until=wait.until,
            took=times.span(((wait.ended_at or clock.now()) - wait.began_at).total_seconds()),
            is_over=wait.ended_at is not None,
        )
        for wait in waits
    ]


def who_acts(entry: Entry) -> str:
    """Who has to do something, in words."""
    return _WHO[entry.acts]


def shown_runs(runs: Iterable[ImportRun]) -> list[ShownRun]:
    """Rows for runs that came with their collectors."""
    return [shown_run(run) for run in runs]


def shown_run(run: ImportRun) -> ShownRun:
    """One run with the sums over its collectors."""
    collectors = run.collectors.all()
    return ShownRun(run, sum(c.read_by_run for c in collectors), sum(c.errors for c in collectors))


def shown_errors(errors: Sequence[RunError]) -> list[ShownError]:
    """Each with its entry of the error catalogue."""
    latest = {error.collector: error for error in sorted(errors, key=lambda e: e.last_at)}
    return [ShownError(error, entry_for(error.code), _cause(error, latest)) for error in errors]


def _cause(error: RunError, latest: Mapping[str, RunError]) -> RunError | None:
    known = BY_NAME.get(error.collector)
    if error.code != "collector_needed" or not isinstance(known, Below | Members):
        return None
    return latest.get(known.of)
