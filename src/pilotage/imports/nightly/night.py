"""A partner's nights, as pure functions: local times in, moments in UTC out.

A night bears the date on which its window opens. Clock changes are RFC 5545's (3.3.5): a local
time that does not exist is read with the offset before the change; of one that exists twice, a
window opens at the first and closes at the second.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SHARES = 2**64


@dataclass(frozen=True, slots=True)
class Night:
    """One night's window; `opens` is part of it, `closes` is not."""

    date: date
    opens: datetime
    closes: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether imports may begin at `now`."""
        return self.opens <= now < self.closes

    def moment_of(self, customer_id: UUID) -> datetime:
        """When this customer's turn comes: the same share of the window every night."""
        digest = hashlib.sha256(customer_id.bytes).digest()
        share = int.from_bytes(digest[:8]) / _SHARES
        return self.opens + (self.closes - self.opens) * share


def night_of(day: date, opens: time, closes: time, time_zone: str) -> Night:
    """The night that begins on `day`; a window that closes before it opens ends a day later."""
    zone = ZoneInfo(time_zone)
    last = day if opens < closes else day + _DAY
    begin = min(_readings(day, opens, zone))
    end = max(_readings(last, closes, zone))
    if end <= begin:
        # The change of the clocks has swallowed the window: it is as long as ever, an hour later.
        end = begin + _length(opens, closes)
    return Night(day, begin, end)


def latest_night(opens: time, closes: time, time_zone: str, now: datetime) -> Night:
    """The latest night whose window has opened by `now`."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    night = night_of(today, opens, closes, time_zone)
    return night if night.opens <= now else night_of(today - _DAY, opens, closes, time_zone)


def night_after(night: Night, opens: time, closes: time, time_zone: str) -> Night:
    """The night that follows."""
    return night_of(night.date + _DAY, opens, closes, time_zone)


def _readings(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """What a local time may mean: twice the same, or both times where it exists twice."""
    first = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
    second = datetime.combine(day, at.replace(fold=1), tzinfo=zone).astimezone(UTC)
    # Where the time does not exist, fold 1 means the offset after the change, which is earlier.
    return first, max(first, second)


def _length(opens: time, closes: time) -> timedelta:
    midnight = date(2000, 1, 1)
    length = datetime.combine(midnight, closes) - datetime.combine(midnight, opens)
    return length if length > timedelta(0) else length + _DAY
