"""A partner's nights: pure functions of times on a clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from pilotage.imports.nightly.night import Night, latest_night, night_after, night_of

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "opens", "closes", "zone", "begin", "end"),
    [
        # Winter, summer, over midnight.
        ("2026-11-23", "01:00", "05:00", BERLIN, "2026-11-23 00:00", "2026-11-23 04:00"),
        ("2026-07-01", "01:00", "05:00", BERLIN, "2026-06-30 23:00", "2026-07-01 03:00"),
        ("2026-11-23", "22:00", "04:00", BERLIN, "2026-11-23 21:00", "2026-11-24 03:00"),
        # 29 March: 02:00 becomes 03:00, the window is an hour shorter.
        ("2026-03-29", "01:00", "05:00", BERLIN, "2026-03-29 00:00", "2026-03-29 03:00"),
        # It opens, or closes, at a time that does not exist: read with the offset before.
        ("2026-03-29", "02:30", "05:00", BERLIN, "2026-03-29 01:30", "2026-03-29 03:00"),
        ("2026-03-29", "01:00", "02:30", BERLIN, "2026-03-29 00:00", "2026-03-29 01:30"),
        # The whole window does not exist: as long as ever, an hour later.
        ("2026-03-29", "02:15", "03:00", BERLIN, "2026-03-29 01:15", "2026-03-29 02:00"),
        # 25 October: 02:00 to 03:00 comes twice; it opens at the first and closes at the second.
        ("2026-10-25", "01:00", "05:00", BERLIN, "2026-10-24 23:00", "2026-10-25 04:00"),
        ("2026-10-25", "02:30", "04:00", BERLIN, "2026-10-25 00:30", "2026-10-25 03:00"),
        ("2026-10-25", "01:00", "02:30", BERLIN, "2026-10-24 23:00", "2026-10-25 01:30"),
        ("2026-11-01", "01:00", "05:00", NEW_YORK, "2026-11-01 05:00", "2026-11-01 10:00"),
    ],
)
def test_windows_in_utc(day: str, opens: str, closes: str, zone: str, begin: str, end: str) -> None:
    night = night_of(
        date.fromisoformat(day), time.fromisoformat(opens), time.fromisoformat(closes), zone
    )
    assert (night.opens, night.closes) == (utc(begin), utc(end))


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, "Australia/Lord_Howe", "UTC", "Asia/Kathmandu"])
@pytest.mark.parametrize(("opens", "closes"), [("01:00", "05:00"), ("22:30", "02:15")])
def test_every_night_of_a_year_comes_once_and_in_order(zone: str, opens: str, closes: str) -> None:
    begin, end = time.fromisoformat(opens), time.fromisoformat(closes)
    now, seen = utc("2026-01-01 12:00"), []
    while now < utc("2027-01-01 12:00"):
        night = latest_night(begin, end, zone, now)
        assert night.opens <= now < night_after(night, begin, end, zone).opens
        if not seen or seen[-1] != night:
            seen.append(night)
        now += timedelta(minutes=50)
    assert len(seen) >= 365
    for before, after in pairwise(seen):
        assert after.date == before.date + timedelta(days=1)
        assert before.closes <= after.opens
        assert timedelta(hours=2) < before.closes - before.opens < timedelta(hours=6)


def test_customers_are_spread_evenly_and_keep_their_place() -> None:
    night = Night(date(2026, 11, 23), utc("2026-11-23 00:00"), utc("2026-11-23 04:00"))
    ids = [UUID(int=number << 64 | 7) for number in range(1_000)]
    minutes = [int((night.moment_of(i) - night.opens).total_seconds() // 60) for i in ids]
    assert all(0 <= minute < 240 for minute in minutes)
    most = max(minutes.count(minute) for minute in set(minutes))
    print(f"of 1,000 customers in 4 hours at most {most} in one minute")
    assert most <= 20
    someone = uuid4()
    later = Night(date(2026, 11, 24), utc("2026-11-24 00:00"), utc("2026-11-24 04:00"))
    assert later.moment_of(someone) - night.moment_of(someone) == timedelta(days=1)
