"""What a retry takes over from the attempt before."""

from datetime import timedelta

from pilotage.imports.models import (
    CollectorProgress,
    CollectorState,
    ImportChain,
    ImportRun,
    Phase,
    RunError,
    SeenObject,
)
from pilotage.imports.run.note_error import OBJECTS_LEFT
from pilotage.kernel import clock

# Microsoft's page tokens live for a while, and what was read long ago is better read again.
KEPT_FOR = timedelta(hours=24)
_DONE = ("state", "started_at", "finished_at")
_PLACE = (
    "phase",
    "way",
    "is_delta",
    "delta_link",
    "page_number",
    "is_fresh",
    "has_unknown",
)
# Not `restarts`: what was begun anew too often is tried as often again.
_CHAIN = ("position", "way", "start", "cursor", "page_number", "read", "is_done")
# What was read in which time: a rate needs both.
_COUNTS = ("expected", "read", "written", "removed", "errors", "seconds")


def carry_over(earlier: ImportRun, run: ImportRun) -> None:
    """Let the collectors of `run` begin where those of `earlier` ended.

    Succeeded ones count as done, others go on at their cursor. After a day all begin anew.
    """
    if earlier.finished_at is None or clock.now() - earlier.finished_at > KEPT_FOR:
        return
    before = {progress.collector: progress for progress in earlier.collectors.all()}
    for progress in run.collectors.all():
        old = before.get(progress.collector)
        # One that an attempt in between has not come to still has its place from before.
        if old is not None and (old.state != CollectorState.PENDING or old.phase != Phase.NONE):
            _carry(old, progress)
            seen = SeenObject.objects.filter(run_id=earlier.id, collector=old.collector)
            seen.update(run_id=run.id)


def _carry(old: CollectorProgress, new: CollectorProgress) -> None:
    is_done = old.state == CollectorState.SUCCEEDED
    left = list(old.run.errors.filter(collector=old.collector, code__in=OBJECTS_LEFT))
    for name in (*_COUNTS, *_PLACE, *(_DONE if is_done else ())):
        setattr(new, name, getattr(old, name))
    new.is_carried = is_done
    # A list that was begun anew is not read as the first one, but may be begun anew as often again.
    new.restarts = min(old.restarts, 1)
    # What stopped it is tried again; objects that were left out on the way here stay left out.
    new.errors = sum(error.count for error in left)
    new.save()
    for error in left:
        error.pk, error.run = None, new.run
    RunError.objects.bulk_create(left)
    ImportChain.objects.bulk_create(
        ImportChain(progress=new, **{name: getattr(chain, name) for name in _CHAIN})
        for chain in old.chains.all()
    )
