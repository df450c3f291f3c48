"""Import runs: list, start, cancel, retry, and what went wrong."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.errors import REFUSALS, WRITE_REFUSALS
from pilotage.api.schemas.imports import (
    ChangeFilters,
    ChangesOut,
    ErrorCodeOut,
    RecordOut,
    RequestImportIn,
    RunErrorOut,
    RunPage,
)
from pilotage.api.schemas.values import Cursor, Limit
from pilotage.customers.queries import get_customer
from pilotage.imports.actions.cancel_import import cancel_import as cancel
from pilotage.imports.actions.request_import import request_import as request_run
from pilotage.imports.actions.retry_import import retry_import as retry
from pilotage.imports.as_json import (
    between_as_json,
    change_as_json,
    error_as_json,
    record_as_json,
    run_as_json,
)
from pilotage.imports.compare import compare, list_changes
from pilotage.imports.error_catalogue import catalogue_as_json
from pilotage.imports.queries import get_run, list_import_errors
from pilotage.imports.queries import list_runs as rows_of
from pilotage.kernel.pagination import paginate

router = Router(tags=["Imports"])
RUNS = "/customers/{uuid:customer_id}/import-runs"
RUN = "/import-runs/{uuid:run_id}"


@router.get(RUNS, response={200: RunPage, **REFUSALS})
def list_import_runs(
    request: ApiRequest, customer_id: UUID, cursor: Cursor = "", limit: Limit = 50
) -> dict[str, Any]:
    """A customer's runs, newest first."""
    get_customer(request.actor, customer_id)
    rows = rows_of(request.actor, customer_id)
    page = paginate(rows, order="-created_at", cursor=cursor, size=limit)
    items = [run_as_json(run) for run in page.rows]
    return {"items": items, "next": page.next, "previous": page.previous}


@router.post(RUNS, response={202: RecordOut, **WRITE_REFUSALS})
def request_import(
    request: ApiRequest,
    response: HttpResponse,
    customer_id: UUID,
    body: RequestImportIn | None = None,
) -> Status[dict[str, Any]]:
    """Queue an import of the customer's tenant; look at the run to see it end."""
    is_full = body is not None and body.full
    run = request_run(request.actor, customer_id, is_full=is_full)
    return _queued(request, response, run.id)


@router.get(RUN, response={200: RecordOut, **REFUSALS})
def get_import_run(request: ApiRequest, run_id: UUID) -> dict[str, Any]:
    """One run with its collectors and errors."""
    return record_as_json(get_run(request.actor, run_id))


@router.post(f"{RUN}/cancel", response={200: RecordOut, **WRITE_REFUSALS})
def cancel_import(request: ApiRequest, run_id: UUID) -> dict[str, Any]:
    """Stop a run; what it has read so far stays."""
    cancel(request.actor, run_id)
    return record_as_json(get_run(request.actor, run_id))


@router.post(f"{RUN}/retry", response={202: RecordOut, **WRITE_REFUSALS})
def retry_import(
    request: ApiRequest, response: HttpResponse, run_id: UUID
) -> Status[dict[str, Any]]:
    """Queue another attempt that goes on where this one failed; this one is kept as it is."""
    return _queued(request, response, retry(request.actor, run_id).id)


@router.get(f"{RUN}/errors", response={200: list[RunErrorOut], **REFUSALS})
def list_run_errors(request: ApiRequest, run_id: UUID) -> list[dict[str, Any]]:
    """What went wrong in a run: who has to act, and how."""
    get_run(request.actor, run_id)
    return [error_as_json(error) for error in list_import_errors(request.actor, run_id)]


@router.get(f"{RUN}/changes", response={200: ChangesOut, **REFUSALS})
def list_run_changes(
    request: ApiRequest, run_id: UUID, filters: Query[ChangeFilters], limit: Limit = 50
) -> dict[str, Any]:
    """What this run found to be different, or what is different since an earlier one."""
    between = compare(request.actor, run_id, filters.since)
    page = list_changes(
        between,
        collector=filters.collector,
        change=filters.change,
        cursor=filters.cursor,
        size=limit,
    )
    items = [change_as_json(change) for change in page.changes]
    return {**between_as_json(between), "items": items, "next": page.next}


def _queued(request: ApiRequest, response: HttpResponse, run_id: UUID) -> Status[dict[str, Any]]:
    response["Location"] = f"/api/v1/import-runs/{run_id}"
    return Status(202, record_as_json(get_run(request.actor, run_id)))


@router.get("/import-errors", response={200: list[ErrorCodeOut], **REFUSALS})
def list_error_codes(request: ApiRequest) -> list[dict[str, Any]]:
    """Every code that an import's error can have; the same for everybody."""
    return catalogue_as_json()
