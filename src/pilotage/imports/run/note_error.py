"""Writing down what went wrong, once per kind, for people and for Microsoft's support."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from pilotage.events.record import record
from pilotage.imports.error_catalogue import code_of, entry_for
from pilotage.imports.error_words import what_happened
from pilotage.imports.models import ImportRun, RunError
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.kernel.errors import PilotageError

IMPORT = system_actor("import")
OBJECTS_LEFT = ("object_unreadable", "object_without_id")


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a run something happened; all but the run may be unknown."""

    run: ImportRun
    collector: str = ""
    page_number: int | None = None


def note_error(where: Where, error: PilotageError) -> RunError:
    """Note an error of the Microsoft client or of a check; an event for the first of its kind."""
    return note(where, code_of(error), facts=facts_of(error))


def note(
    where: Where, code: str, *, facts: dict[str, Any] | None = None, count: int = 1
) -> RunError:
    """Note an error by its code; `facts` are fields of RunError."""
    values: dict[str, Any] = {"page_number": where.page_number, **(facts or {})}
    noted, is_new = RunError.objects.get_or_create(
        run=where.run,
        collector=where.collector,
        code=code,
        defaults={**values, "count": count, "first_at": clock.now(), "last_at": clock.now()},
    )
    if is_new:
        _record(where, noted)
    else:
        again = {**values, "count": F("count") + count, "last_at": clock.now()}
        RunError.objects.filter(id=noted.id).update(**again, resolved_at=None)
        noted.count += count
    return noted


def _record(where: Where, noted: RunError) -> None:
    entry = entry_for(noted.code)
    if entry.severity == "info":
        return
    record(
        IMPORT,
        "import.error",
        customer=where.run.customer,
        message=f"{what_happened(noted)} {entry.remedy}",
        details={
            "run_id": str(where.run.id),
            "collector": where.collector,
            "code": noted.code,
            "request_id": noted.request_id,
            "page_number": noted.page_number,
        },
    )


def facts_of(error: PilotageError) -> dict[str, Any]:
    """What the client knows of the failed request, in our field names."""
    known = {key: _storable(value) for key, value in error.details.items()}
    status = error.details.get("status")

    def first(*names: str) -> str:
        return next((known[name] for name in names if known.get(name)), "")

    return {
        "text": _storable(error.particular),
        "http_status": status if isinstance(status, int) else None,
        "graph_code": first("aadsts", "code", "error")[:200],
        "request_id": first("request_id", "trace_id", "correlation_id")[:100],
        "graph_date": first("date", "timestamp")[:60],
        "details": known,
    }


def _storable(value: object) -> str:
    """Microsoft's words as PostgreSQL can keep them."""
    return str(value).replace("\x00", "")[:1_000]
