"""How moments are put into words; the active time zone is the operator's partner's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from pilotage.kernel import clock

SOON = timedelta(days=7)
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_YEAR = 365


def in_zone(moment: datetime, zone: str = "") -> datetime:
    """`moment` in the named time zone, or in the active one."""
    return moment.astimezone(ZoneInfo(zone) if zone else timezone.get_current_timezone())


def day(moment: datetime, zone: str = "") -> str:
    """The calendar day, e.g. "26 Nov 2026"."""
    return f"{in_zone(moment, zone):%-d %b %Y}"


def full(moment: datetime, zone: str = "") -> str:
    """Day and time with the zone's name, e.g. "26 Nov 2026, 14:05 CET"."""
    return f"{in_zone(moment, zone):%-d %b %Y, %H:%M %Z}"


def clock_time(moment: datetime) -> str:
    """The time of day, e.g. "10:42"."""
    return f"{in_zone(moment):%H:%M}"


def until(moment: datetime) -> str:
    """A moment to come, as short as it is clear: "14:05", or "26 Nov, 14:05" on another day."""
    same_day = in_zone(moment).date() == in_zone(clock.now()).date()
    return clock_time(moment) if same_day else f"{in_zone(moment):%-d %b, %H:%M}"


def relative(moment: datetime, now: datetime | None = None) -> str:
    """How far away a moment is, e.g. "in 4 days", "2 min ago", "just now"."""
    now = now or clock.now()
    seconds = (moment - now).total_seconds()
    length = abs(seconds)
    if length < _MINUTE:
        return "just now" if seconds <= 0 else "in a moment"
    if length < _DAY:
        words = _hours(length)
    else:
        # By calendar days, as people count: tomorrow noon is "in 1 day" this morning too.
        days = max(1, abs((in_zone(moment).date() - in_zone(now).date()).days))
        words = _days(days) if seconds > 0 else _long_ago(days)
    return f"in {words}" if seconds > 0 else f"{words} ago"


def span(seconds: float) -> str:
    """A length of time, e.g. "48 s", "3 min", "2 h 5 min"."""
    whole = round(seconds)
    if whole == 0:
        return "under 1 s"
    if whole < _MINUTE:
        return f"{whole} s"
    minutes, rest = divmod(whole, _MINUTE)
    if minutes < 10 and rest:
        return f"{minutes} min {rest} s"
    hours, minutes_left = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes_left} min" if minutes_left else f"{hours} h"


def urgency(moment: datetime, *, is_trial: bool = True) -> str:
    """The style of an end date: it is coloured only when it matters."""
    left = moment - clock.now()
    if left <= timedelta(0):
        return "past"
    return "soon" if left < (SOON if is_trial else 4 * SOON) else "mute"


def _hours(length: float) -> str:
    return f"{int(length // _HOUR)} h" if length >= _HOUR else f"{int(length // _MINUTE)} min"


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _long_ago(days: int) -> str:
    """What is to come is counted in days however far it is: a contract ends on a certain one."""
    if days >= 2 * _YEAR:
        return f"{days // _YEAR} years"
    return f"{round(days / _YEAR * 12)} months" if days > 60 else _days(days)
