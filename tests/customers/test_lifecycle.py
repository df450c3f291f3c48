"""The account's rules, without a database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.customers import errors
from pilotage.customers.lifecycle import (
    Status,
    Terms,
    TrialRules,
    check_convert,
    check_edit,
    check_future,
    extended_end,
    status_of,
    trial_end,
)
from pilotage.kernel import clock

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
moments = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))


def terms(
    *, is_trial: bool = True, is_from_msp: bool = True, ends_in: int = 3, **more: bool
) -> Terms:
    return Terms(is_trial, is_from_msp, NOW + timedelta(days=ends_in), **more)


@given(moments)
def test_a_trial_is_exactly_336_hours(created: datetime) -> None:
    assert trial_end(created, TrialRules()) - created == timedelta(hours=336)


@given(moments, moments)
def test_an_extension_adds_336_hours_to_the_later_of_now_and_end(
    end: datetime, now: datetime
) -> None:
    rules = TrialRules(window_days=40_000)
    new_end = extended_end(Terms(True, True, end), rules, 0, now)
    assert new_end == max(now, end) + timedelta(hours=336)


@given(st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.sampled_from(ZONES))
def test_a_picked_date_lasts_to_the_end_of_that_day_there(day: date, zone: str) -> None:
    end = clock.end_of_day(day, zone)
    assert end.utcoffset() == timedelta(0)
    local = end.astimezone(ZoneInfo(zone))
    # Some zones have skipped a whole day; there the day's end is where its clock goes on.
    assert local.date() == day or local.date() == day + timedelta(days=1)
    assert (end + timedelta(hours=25)).astimezone(ZoneInfo(zone)).date() > day


def test_an_expired_trial_is_extended_from_now() -> None:
    assert extended_end(terms(ends_in=-5), TrialRules(), 0, NOW) == NOW + timedelta(days=14)


def test_a_trial_can_be_extended_on_the_last_day_of_the_window_only() -> None:
    rules = TrialRules(window_days=30)
    assert extended_end(terms(ends_in=-30), rules, 0, NOW) == NOW + timedelta(days=14)
    with pytest.raises(errors.TrialWindowClosed):
        extended_end(terms(ends_in=-31), rules, 0, NOW)


def test_the_policy_may_cap_the_extensions() -> None:
    rules = TrialRules(max_extensions=2)
    assert extended_end(terms(), rules, 1, NOW)
    with pytest.raises(errors.ExtensionLimitReached):
        extended_end(terms(), rules, 2, NOW)


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        (terms(is_trial=False), errors.NotATrial),
        (terms(is_terminated=True), errors.CustomerTerminated),
    ],
)
def test_what_cannot_be_extended(case: Terms, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        extended_end(case, TrialRules(), 0, NOW)


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        (terms(is_trial=False), errors.AlreadyProduction),
        (terms(is_from_msp=False), errors.SourceNotMsp),
        (terms(is_terminated=True), errors.CustomerTerminated),
    ],
)
def test_what_cannot_be_converted(case: Terms, refusal: type[Exception]) -> None:
    check_convert(terms())
    with pytest.raises(refusal):
        check_convert(case)


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        (terms(), errors.NotProduction),
        (terms(is_trial=False, is_from_msp=False), errors.SourceNotMsp),
        (terms(is_trial=False, is_terminated=True), errors.CustomerTerminated),
    ],
)
def test_what_cannot_be_edited(case: Terms, refusal: type[Exception]) -> None:
    check_edit(terms(is_trial=False))
    with pytest.raises(refusal):
        check_edit(case)


def test_expired_is_computed_to_the_second() -> None:
    case = terms(ends_in=0)
    assert status_of(case, NOW - timedelta(seconds=1)) == Status.ACTIVE
    assert status_of(case, NOW) == Status.EXPIRED


def test_terminated_and_suspended_come_before_expired() -> None:
    assert status_of(terms(ends_in=-1, is_suspended=True), NOW) == Status.SUSPENDED
    both = terms(ends_in=-1, is_suspended=True, is_terminated=True)
    assert status_of(both, NOW) == Status.TERMINATED


def test_an_end_must_lie_in_the_future() -> None:
    assert check_future(NOW + timedelta(seconds=1), NOW)
    with pytest.raises(errors.DateNotInFuture) as refusal:
        check_future(NOW, NOW)
    assert "expires_on" in refusal.value.fields
