"""What a refusal looks like."""

from typing import Any

from ninja import Schema


class ErrorOut(Schema):
    """`code` is stable; `text` is for people; `fields` say what to correct where."""

    code: str
    text: str
    fields: dict[str, str]
    details: dict[str, Any]
    request_id: str


class Refusal(Schema):
    """The body of every answer that is not a success."""

    error: ErrorOut


REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422, 500, 503), Refusal)
WRITE_REFUSALS = {**REFUSALS, 412: Refusal, 413: Refusal, 415: Refusal, 428: Refusal}
