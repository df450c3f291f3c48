"""Filters that put values into words."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template

from pilotage.web import times

register = template.Library()
HUES = 6


@register.filter
def initials(name: str) -> str:
    """One or two capitals for an avatar."""
    words = [word for word in str(name).split() if word[0].isalnum()] or ["?"]
    letters = words[0][0] + (words[1][0] if len(words) > 1 else "")
    return letters.upper()


@register.filter
def hue(name: str) -> str:
    """The avatar's colour class: the same for the same name, always."""
    return f"h{zlib.crc32(str(name).encode()) % HUES}"


@register.filter
def iso(moment: datetime) -> str:
    """ISO 8601 for `<time datetime>`."""
    return moment.isoformat()


@register.filter
def day(moment: datetime, zone: str = "") -> str:
    """The calendar day in the named time zone, or in the active one."""
    return times.day(moment, zone)


@register.filter
def moment(value: datetime) -> str:
    """Day, time and zone."""
    return times.full(value)


@register.filter
def relative(value: datetime) -> str:
    """How far away a moment is."""
    return times.relative(value)


@register.filter
def span(seconds: float) -> str:
    """A length of time in words."""
    return times.span(seconds)


@register.filter
def urgency(value: datetime, is_trial: object = True) -> str:
    """The style of an end date."""
    return times.urgency(value, is_trial=bool(is_trial))


@register.filter
def thousands(number: int | None) -> str:
    """A number with thin separators, e.g. "1,284"."""
    return "–" if number is None else f"{number:,}"


@register.filter
def lookup(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """The value at `key`, or None."""
    return mapping.get(key) if mapping else None
