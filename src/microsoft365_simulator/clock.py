"""The one place that asks what time it is; all times are UTC."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import formatdate, parsedate_to_datetime


def now() -> int:
    """Seconds since 1970, as JSON Web Tokens count them."""
    return int(time.time())


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def graph_time() -> str:
    """The form of `innerError.date`: no zone, and UTC all the same."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def login_time() -> str:
    """The form in which the identity platform writes a timestamp."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def iso_time(seconds: int) -> str:
    """Seconds since 1970 as Graph writes a moment."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def http_date(seconds_ahead: float = 0) -> str:
    return formatdate(time.time() + seconds_ahead, usegmt=True)


def seconds_until(text: str) -> float:
    """How far ahead an HTTP date lies; 0 for one that is past or is none."""
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, at.timestamp() - time.time())


def moment(epoch: str, *, days: int = 0, seconds: int = 0) -> str:
    """`days` and `seconds` before the epoch day, e.g. 2024-03-01T08:00:05Z."""
    start = datetime.fromisoformat(epoch).replace(tzinfo=UTC)
    return (start - timedelta(days=days, seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
