"""Import runs and their errors."""

from typing import Any
from uuid import UUID

from ninja import Schema

from pilotage.api.schemas.values import Cursor, Input, Line, Moment


class WaitingOut(Schema):
    """Why a run does not read on, and until when."""

    reason: str
    until: Moment


class ReasonOut(Schema):
    """Why a collector failed or was left out; the code is the error catalogue's."""

    code: str
    text: str


class WaitOut(Schema):
    """A wait in which nothing was read; `ended_at` is null while it lasts."""

    reason: str
    collector: str
    code: str
    began_at: Moment
    until: Moment
    ended_at: Moment | None


class CollectorOut(Schema):
    """What one collector has done; counts are objects, `seconds` are without waits.

    `reads_changes`: only what has changed since the last import is read. `expected` is what
    Microsoft has counted, or null. `way` is how its list was read. `carried`: the attempt before
    has read it, at these times and with these counts; this run takes that over.
    """

    state: str
    carried: bool
    reason: ReasonOut | None
    reads_changes: bool
    way: str
    pages: int
    expected: int | None
    started_at: Moment | None
    finished_at: Moment | None
    read: int
    written: int
    removed: int
    errors: int
    seconds: float
    objects_per_second: float
    seconds_left: int | None


class ProgressOut(Schema):
    """How far a run is. `seconds_left` is a guess, or null where there is nothing to go by."""

    percent: int
    objects: int
    objects_per_second: float
    seconds_left: int | None


class RunOut(Schema):
    """One import run; `progress` is null once it has ended.

    `not_tonight`: the collectors that a nightly run leaves to another night.
    """

    run_id: str
    customer_id: str
    number: int
    kind: str
    purpose: str
    status: str
    attempt: int
    retry_of: str | None
    requested_by: str
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    waiting: WaitingOut | None
    progress: ProgressOut | None
    outcome: str
    collectors: dict[str, CollectorOut]
    not_tonight: list[str]
    waits: list[WaitOut]
    resource_units: float
    total_seconds: float | None


class RunPage(Schema):
    """One page of runs, newest first."""

    items: list[RunOut]
    next: str
    previous: str


class RunErrorOut(Schema):
    """One kind of error of a run. `acts` says who has to do something, `action` by which click.

    `text` and `remedy` are the catalogue's, made to fit this run; `particular` is what only this
    error tells, often nothing. Microsoft's support asks for `request_id` and `graph_date`.
    """

    collector: str
    code: str
    severity: str
    acts: str
    effect: str
    text: str
    particular: str
    remedy: str
    action: str
    link: str
    http_status: int | None
    graph_code: str
    request_id: str
    graph_date: str
    page_number: int | None
    object_id: str
    count: int
    first_at: Moment
    last_at: Moment
    resolved_at: Moment | None


class RecordOut(RunOut):
    """One import run with all that went wrong in it, oldest first."""

    errors: list[RunErrorOut]


class RequestImportIn(Input):
    """`full` reads everything again instead of what has changed since the last import."""

    full: bool = False


class ChangeFilters(Schema):
    """`since` is an earlier run; left out: the one before."""

    since: UUID | None = None
    collector: Line = ""
    change: Line = ""
    cursor: Cursor = ""


class ObjectChangeOut(Schema):
    """One object that differs between two runs. `details` are properties as [before, now].

    `member_id` is there where the object is a membership: then `id` is the group's or role's.
    """

    collector: str
    id: str
    member_id: str
    name: str
    member_name: str
    change: str
    details: dict[str, list[Any]]


class ChangesOut(Schema):
    """What differs after a run from what `since` left; null is before the first import.

    `counts` are objects by collector and kind of change. `fresh` are collectors that began with
    nothing in between: all of their objects are new, and none of them is listed.
    """

    run_id: str
    since: str | None
    counts: dict[str, dict[str, int]]
    fresh: dict[str, int]
    total: int
    items: list[ObjectChangeOut]
    next: str


class ErrorCodeOut(Schema):
    """One code of the catalogue. `effect` and `consequence` say what becomes of the import, as a
    word and as a sentence; `acts` who has to do something, `action` by which click.
    """

    code: str
    area: str
    severity: str
    acts: str
    effect: str
    text: str
    consequence: str
    remedy: str
    action: str
    link: str
