"""Partners' policies."""

import re
from datetime import time
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, WithJsonSchema

from pilotage.api.schemas.values import Input

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def _time(value: Any) -> time:
    # pydantic would also take seconds, numbers and offsets; a time here is exactly HH:MM.
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("Enter a time as HH:MM.")
    return time.fromisoformat(value)


LocalTime = Annotated[
    time,
    BeforeValidator(_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_TIME.pattern}$"}),
]


class ImportWindowIn(Input):
    """The window; `closes` before `opens` means the next day, and at least 30 minutes lie between.

    Both are local to the partner's time zone.
    """

    is_enabled: bool
    opens: LocalTime
    closes: LocalTime


class ImportWindowOut(Schema):
    """When a partner's customers are imported every night; times are local to `time_zone`."""

    partner_id: str
    partner_name: str
    is_enabled: bool
    opens: str
    closes: str
    time_zone: str
