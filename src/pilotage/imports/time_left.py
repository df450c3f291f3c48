"""How fast a run reads, and how long it will take: a guess from counts that are stored anyway.

A rate is the average over the time a list has been read, waits left out. One of the last seconds
alone would jump with each page, and need an earlier count to be kept.
"""

from math import ceil

from pilotage.imports.models import CollectorProgress, CollectorState, ImportRun
from pilotage.kernel import clock

_OPEN = {CollectorState.PENDING, CollectorState.RUNNING}
# Below this share of the whole, what is not counted cannot be guessed.
_LEAST_PERCENT = 5


def rate_of(progress: CollectorProgress) -> float:
    """Objects a second; 0.0 before the first page."""
    return progress.read / progress.seconds if progress.seconds > 0 else 0.0


def left_of(progress: CollectorProgress) -> float | None:
    """Seconds until the list is read; None where Microsoft does not count it, or it is not read."""
    rate = rate_of(progress)
    if progress.state != CollectorState.RUNNING or not progress.expected or not rate:
        return None
    return max(progress.expected - progress.read, 0) / rate


def seconds_left(run: ImportRun, percent: int) -> int | None:
    """Seconds until the run ends, a wait that has been announced included; None if unknown.

    Collectors run side by side, so the slowest counts. One that is not counted may take longer:
    then it is at least what `percent`, the share that is done, says. With none that is counted
    there is nothing to go by.
    """
    still = [progress for progress in run.collectors.all() if progress.state in _OPEN]
    known = [left for progress in still if (left := left_of(progress)) is not None]
    if run.is_finished or run.started_at is None or not known:
        return None
    left = max(known)
    if len(known) < len(still):
        if percent < _LEAST_PERCENT:
            return None
        left = max(left, _worked(run) * (100 - percent) / percent)
    return ceil(left + _still_to_wait(run))


def _worked(run: ImportRun) -> float:
    now = clock.now()
    waited = sum(
        ((wait.ended_at or now) - wait.began_at).total_seconds() for wait in run.wait_rows.all()
    )
    began = run.started_at or now
    return max(0.0, (now - began).total_seconds() - waited)


def _still_to_wait(run: ImportRun) -> float:
    if run.waiting_until is None:
        return 0.0
    return max(0.0, (run.waiting_until - clock.now()).total_seconds())
