"""The only source of the present time; UTC, and movable in tests and in the demo's seed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pilotage.kernel.errors import invalid

EARLIEST_YEAR, LATEST_YEAR = 2000, 2199
_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta(0))
_frozen: ContextVar[datetime | None] = ContextVar("clock_frozen", default=None)


def now() -> datetime:
    """The present moment, timezone-aware, UTC."""
    frozen = _frozen.get()
    return frozen if frozen is not None else datetime.now(UTC) + _offset.get()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Stand still at `moment` inside the block (this thread or task only)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def moved_by(delta: timedelta) -> Iterator[None]:
    """Run `delta` ahead of (or behind) the real time inside the block."""
    token = _offset.set(_offset.get() + delta)
    try:
        yield
    finally:
        _offset.reset(token)


def end_of_day(day: date, time_zone: str) -> datetime:
    """The last second of `day` in `time_zone`, as UTC: what a date picked by an operator means.

    Raises Invalid for a year that nobody can mean and that other time zones could not show.
    """
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise invalid("expires_on", f"Choose a year between {EARLIEST_YEAR} and {LATEST_YEAR}.")
    local = datetime.combine(day, time(23, 59, 59), tzinfo=ZoneInfo(time_zone))
    return local.astimezone(UTC)


def day_in(moment: datetime, time_zone: str) -> date:
    """The calendar day of `moment` in `time_zone`."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
