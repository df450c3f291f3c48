"""Import runs and their errors."""

from ninja import Schema

from pilotage.api.schemas.values import Moment


class WaitingOut(Schema):
    """Why a run does not read on, and until when."""

    reason: str
    until: Moment


class CollectorOut(Schema):
    """What one collector has done; counts are objects."""

    state: str
    read: int
    written: int
    removed: int
    errors: int
    seconds: float


class RunOut(Schema):
    """One import run."""

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
    outcome: str
    collectors: dict[str, CollectorOut]
    resource_units: float
    total_seconds: float | None


class RunPage(Schema):
    """One page of runs, newest first."""

    items: list[RunOut]
    next: str
    previous: str


class RunErrorOut(Schema):
    """One kind of error of a run. `acts` says who has to do something, `action` by which click.

    `text` and `remedy` belong to the code, `particular` to this one. Microsoft's support asks for
    `request_id` and `graph_date`.
    """

    collector: str
    code: str
    severity: str
    acts: str
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
