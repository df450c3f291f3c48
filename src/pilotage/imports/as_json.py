"""An import run as API, CLI and events show it."""

from datetime import datetime
from math import ceil
from typing import Any

from pilotage.imports.compare import Between, Change
from pilotage.imports.error_catalogue import entry_for
from pilotage.imports.error_words import particular, what_happened, what_to_do
from pilotage.imports.models import (
    CollectorProgress,
    ImportRun,
    RunError,
    RunPurpose,
    RunWait,
)
from pilotage.imports.progress import not_tonight, progress_of, reasons_of
from pilotage.imports.time_left import left_of, rate_of


def run_as_json(run: ImportRun) -> dict[str, Any]:
    """The run; seconds are of a clock on the wall for the total, without waits per collector."""
    end = run.finished_at
    reasons = reasons_of(run)
    total = (end - run.started_at).total_seconds() if end and run.started_at else None
    return {
        "run_id": str(run.id),
        "customer_id": str(run.customer_id),
        "number": run.number,
        "kind": run.kind,
        "purpose": RunPurpose(run.purpose).name.lower(),
        "status": run.state,
        "attempt": run.attempt,
        "retry_of": str(run.retry_of_id) if run.retry_of_id else None,
        "requested_by": run.requested_by,
        "created_at": run.created_at.isoformat(),
        "started_at": run.started_at.isoformat() if run.started_at else None,
        "finished_at": end.isoformat() if end else None,
        "waiting": _waiting(run),
        "progress": None if run.is_finished else _progress(run),
        "outcome": run.outcome,
        "collectors": {p.collector: _collector(p, reasons) for p in run.collectors.all()},
        "not_tonight": not_tonight(run),
        "waits": [_wait(wait) for wait in run.wait_rows.all()],
        "resource_units": run.resource_units,
        "total_seconds": round(total, 3) if total is not None else None,
    }


def record_as_json(run: ImportRun) -> dict[str, Any]:
    """All that is known of one run: the run, and what went wrong in it."""
    return {**run_as_json(run), "errors": [error_as_json(error) for error in run.errors.all()]}


def change_as_json(change: Change) -> dict[str, Any]:
    """One object that differs between two runs; `details` are {property: [before, now]}."""
    return {
        "collector": change.collector,
        "id": change.key,
        "member_id": change.second_key,
        "name": change.name,
        "member_name": change.second_name,
        "change": change.change,
        "details": change.details,
    }


def between_as_json(between: Between) -> dict[str, Any]:
    """What differs between two runs, in numbers."""
    return {
        "run_id": str(between.run.id),
        "since": str(between.since.id) if between.since else None,
        "counts": between.counts,
        "fresh": between.fresh,
        "total": between.total,
    }


def error_as_json(error: RunError) -> dict[str, Any]:
    """One kind of error of a run that was read along, with what the catalogue says about it."""
    entry = entry_for(error.code)
    return {
        "collector": error.collector,
        "code": error.code,
        "severity": entry.severity.value,
        "acts": entry.acts.value,
        "effect": entry.effect.value,
        "text": what_happened(error),
        "particular": particular(error),
        "remedy": what_to_do(error),
        "action": entry.action.value,
        "link": entry.link,
        "http_status": error.http_status,
        "graph_code": error.graph_code,
        "request_id": error.request_id,
        "graph_date": error.graph_date,
        "page_number": error.page_number,
        "object_id": error.object_id,
        "count": error.count,
        "first_at": error.first_at.isoformat(),
        "last_at": error.last_at.isoformat(),
        "resolved_at": error.resolved_at.isoformat() if error.resolved_at else None,
    }


def _collector(progress: CollectorProgress, reasons: dict[str, RunError]) -> dict[str, Any]:
    """`reason` is why it failed or was left out, by the error catalogue.

    `carried`: the attempt before has read it; times and counts are from there.
    """
    reason, left = reasons.get(progress.collector), left_of(progress)
    return {
        "state": progress.state,
        "carried": progress.is_carried,
        "reason": _reason(reason) if reason else None,
        "reads_changes": progress.is_delta,
        "way": progress.way,
        "pages": progress.page_number,
        "expected": progress.expected,
        "started_at": _iso(progress.started_at),
        "finished_at": _iso(progress.finished_at),
        "read": progress.read,
        "written": progress.written,
        "removed": progress.removed,
        "errors": progress.errors,
        "seconds": round(progress.seconds, 3),
        "objects_per_second": round(rate_of(progress), 1),
        "seconds_left": None if left is None else ceil(left),
    }


def _progress(run: ImportRun) -> dict[str, Any]:
    shown = progress_of(run)
    return {
        "percent": shown.percent,
        "objects": shown.objects,
        "objects_per_second": round(shown.rate, 1),
        "seconds_left": shown.seconds_left,
    }


def _reason(error: RunError) -> dict[str, str]:
    return {"code": error.code, "text": what_happened(error)}


def _wait(wait: RunWait) -> dict[str, Any]:
    return {
        "reason": wait.reason,
        "collector": wait.collector,
        "code": wait.code,
        "began_at": wait.began_at.isoformat(),
        "until": wait.until.isoformat(),
        "ended_at": _iso(wait.ended_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _waiting(run: ImportRun) -> dict[str, str] | None:
    if not run.waiting_until:
        return None
    return {"reason": run.waiting_reason, "until": run.waiting_until.isoformat()}
