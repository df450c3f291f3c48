"""The account's rules as pure functions: plain values in, a new value or a named error out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pilotage.customers.errors import (
    AlreadyProduction,
    CustomerTerminated,
    DateNotInFuture,
    ExtensionLimitReached,
    NotATrial,
    NotProduction,
    SourceNotMsp,
    TrialWindowClosed,
)


class Status(StrEnum):
    """What an account is; computed on every read, never stored."""

    ACTIVE = "active"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules need to know of an account."""

    is_trial: bool
    is_from_msp: bool
    expires_at: datetime
    is_suspended: bool = False
    is_terminated: bool = False


@dataclass(frozen=True, slots=True)
class TrialRules:
    """A partner's trial policy. Days are 24 hours each: a trial is exactly 336 hours."""

    length_days: int = 14
    extension_days: int = 14
    max_extensions: int | None = None
    window_days: int = 30


def status_of(terms: Terms, now: datetime) -> Status:
    """The derived status at `now`."""
    if terms.is_terminated:
        return Status.TERMINATED
    if terms.is_suspended:
        return Status.SUSPENDED
    return Status.EXPIRED if terms.expires_at <= now else Status.ACTIVE


def trial_end(created_at: datetime, rules: TrialRules) -> datetime:
    """When a trial that starts at `created_at` ends."""
    return created_at + timedelta(days=rules.length_days)


def extended_end(terms: Terms, rules: TrialRules, extensions: int, now: datetime) -> datetime:
    """The end of a trial after one more extension: max(now, end) + extension.

    The preview and the submit both come here. Raises CustomerTerminated, NotATrial,
    TrialWindowClosed or ExtensionLimitReached.
    """
    if terms.is_terminated:
        raise CustomerTerminated
    if not terms.is_trial:
        raise NotATrial
    if now > terms.expires_at + timedelta(days=rules.window_days):
        raise TrialWindowClosed
    if rules.max_extensions is not None and extensions >= rules.max_extensions:
        raise ExtensionLimitReached
    return max(now, terms.expires_at) + timedelta(days=rules.extension_days)


def check_convert(terms: Terms) -> None:
    """Raise CustomerTerminated, AlreadyProduction or SourceNotMsp if it cannot be converted."""
    if terms.is_terminated:
        raise CustomerTerminated
    if not terms.is_trial:
        raise AlreadyProduction
    if not terms.is_from_msp:
        raise SourceNotMsp


def check_edit(terms: Terms) -> None:
    """Raise CustomerTerminated, NotProduction or SourceNotMsp if it cannot be edited."""
    if terms.is_terminated:
        raise CustomerTerminated
    if terms.is_trial:
        raise NotProduction
    if not terms.is_from_msp:
        raise SourceNotMsp


def check_future(end: datetime, now: datetime) -> datetime:
    """`end` itself; raises DateNotInFuture."""
    if end <= now:
        raise DateNotInFuture(fields={"expires_on": "Choose a date that lies in the future."})
    return end
