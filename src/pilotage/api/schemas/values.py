"""The kinds of value in the schemas."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Input(Schema):
    """A body: what is not named in it is refused, so that nothing can be smuggled in."""

    model_config = ConfigDict(extra="forbid")


def _day(value: Any) -> date:
    # pydantic would also take numbers and moments; a day is exactly YYYY-MM-DD.
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("Enter a day as YYYY-MM-DD.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("There is no such day.") from error


def _uuid(value: Any) -> UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise ValueError("Enter an id as the API gives it.")
    return UUID(value)


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[UUID, BeforeValidator(_uuid), WithJsonSchema({"type": "string", "format": "uuid"})]
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
Limit = Annotated[int, Field(ge=1, le=200)]
Cursor = Annotated[str, Field(max_length=1000)]
EventName = Annotated[str, Field(max_length=60)]
Search = Annotated[str, Field(max_length=200)]
Line = Annotated[str, StringConstraints(max_length=500)]
Code = Annotated[str, StringConstraints(max_length=50)]
