"""When a connection is looked at: once a day, each customer at a moment of its own."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

_DAY_SECONDS = 86_400
DAY = timedelta(days=1)
# Three failures over at least an hour make a connection degraded: the looks after a failure
# come this often.
AFTER_FAILURE = timedelta(minutes=30)
FAILURES, FAILING_FOR = 3, timedelta(hours=1)
# Between the two looks that have to see a consent gone, as the imports do it.
SECOND_LOOK = timedelta(seconds=15)


def next_daily(customer_id: UUID, now: datetime) -> datetime:
    """The customer's next moment after `now`: a stable hash spreads all of them over the day."""
    digest = hashlib.sha256(customer_id.bytes).digest()
    second = int.from_bytes(digest[:8], "big") % _DAY_SECONDS
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + timedelta(seconds=second)
    return moment if moment > now else moment + DAY


def is_lasting(failures: int, failing_since: datetime, now: datetime) -> bool:
    """Whether so many failures in a row, the first at `failing_since`, are more than a hiccup."""
    return failures >= FAILURES and now - failing_since >= FAILING_FOR
