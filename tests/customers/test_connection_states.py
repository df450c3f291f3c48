"""The connection machine and the moments of the looks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pilotage.customers.connection_states import MOVES, next_state
from pilotage.customers.models import ConnectionState
from pilotage.customers.probe_times import is_lasting, next_daily

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
C, D = ConnectionState.CONNECTED, ConnectionState.DEGRADED
O, R = ConnectionState.CONSENT_OUTDATED, ConnectionState.REVOKED  # noqa: E741


@pytest.mark.parametrize(
    ("move", "ends"),
    [
        ("work", [C, C, C, C]),
        ("bind", [C, C, C, C]),
        ("fail", [D, D, O, R]),
        ("lack_permissions", [O, O, O, O]),
        ("lose_consent", [R, R, R, R]),
    ],
)
def test_the_whole_table(move: str, ends: list[ConnectionState]) -> None:
    assert [next_state(state, move) for state in (C, D, O, R)] == ends


def test_every_move_is_tested_and_others_are_refused() -> None:
    assert set(MOVES) == {"work", "bind", "fail", "lack_permissions", "lose_consent"}
    with pytest.raises(KeyError):
        next_state(C, "explode")


def test_a_day_has_room_for_everybody() -> None:
    moments = [next_daily(UUID(int=n), NOON) for n in range(2_400)]
    assert all(NOON < moment <= NOON + timedelta(days=1) for moment in moments)
    hours = [sum(moment.hour == hour for moment in moments) for hour in range(24)]
    assert min(hours) > 60
    assert max(hours) < 140


def test_the_moment_is_the_same_every_day() -> None:
    first = next_daily(UUID(int=7), NOON)
    assert next_daily(UUID(int=7), first) == first + timedelta(days=1)


@pytest.mark.parametrize(
    ("failures", "minutes", "lasting"), [(2, 90, False), (3, 59, False), (3, 60, True)]
)
def test_three_failures_over_an_hour_are_no_hiccup(
    failures: int, minutes: int, lasting: bool
) -> None:
    assert is_lasting(failures, NOON - timedelta(minutes=minutes), NOON) is lasting
