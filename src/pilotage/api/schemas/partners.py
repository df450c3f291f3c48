"""Partners' policies."""

import re
from datetime import time
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotage.api.schemas.values import Input, Line

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


class CountingRuleIn(Input):
    """What counts as a seat. `left_out` are products by their SKU part number, like FLOW_FREE."""

    counts_blocked: bool
    left_out: Annotated[list[Line], Field(max_length=200)]


class CountingRuleOut(Schema):
    """What counts as a seat for a partner's customers, and the same in `words`."""

    partner_id: str
    partner_name: str
    counts_blocked: bool
    left_out: list[str]
    words: str
