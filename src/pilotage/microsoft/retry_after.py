"""The Retry-After header in all the forms that servers send (RFC 9110, 10.2.3)."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

CAP_SECONDS = 3_600.0


def seconds(value: str, now: datetime) -> float | None:
    """Seconds to wait from `now`, 0 to one hour; None when the header says nothing usable.

    Absurd values are cut to the cap: an hour later somebody may look again. An HTTP date has
    whole seconds, so one is added rather than coming back too early.
    """
    text = value.strip()
    if not text:
        return None
    try:
        wait = float(text)
    except ValueError:
        moment = _date(text)
        if moment is None:
            return None
        wait = (moment - now).total_seconds() + 1
    return None if math.isnan(wait) else min(max(wait, 0.0), CAP_SECONDS)


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
