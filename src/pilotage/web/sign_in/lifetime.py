"""How long a session lasts: 12 hours at most, and 30 minutes without use (ASVS 7.3.1, 7.3.2)."""

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase

from pilotage.kernel import clock

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=30)
# Writing the session on every request would cost more than the minute is worth.
_NOTE_EVERY = timedelta(minutes=1)
_SIGNED_IN, _SEEN = "signed_in_at", "seen_at"


def has_ended(session: SessionBase) -> bool:
    """Whether the session is too old or was left alone for too long."""
    now = clock.now().timestamp()
    too_old = now - session.get(_SIGNED_IN, now) >= LONGEST.total_seconds()
    return bool(too_old or now - session.get(_SEEN, now) >= IDLE.total_seconds())


def note_use(session: SessionBase) -> None:
    """Remember that the session is in use."""
    now = clock.now().timestamp()
    session.setdefault(_SIGNED_IN, now)
    if now - session.get(_SEEN, 0) >= _NOTE_EVERY.total_seconds():
        session[_SEEN] = now
