"""Limits on invitations, so that nobody can flood strangers with mail through the portal.

20 in an hour for one partner, 3 in a day for one recipient. Nothing is refused: a mail beyond a
limit waits for its turn. The recipient's limit holds across partners, because it protects somebody
who belongs to none of them.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from pilotage.kernel import clock
from pilotage.mail.kinds import get_kind
from pilotage.mail.models import Mail, MailState

# Any number that nothing else in the database takes as an advisory lock.
_LOCK = 0x50494C0F20
# A mail that failed or was dropped has reached nobody.
_COUNTED = (MailState.QUEUED, MailState.RETRYING, MailState.SENT)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` invitations in any `window`; `words` say what there were too many of."""

    name: str
    most: int
    window: timedelta
    words: str


PER_PARTNER = Limit(
    "partner", 20, timedelta(hours=1), "more than 20 invitations from your organization in an hour"
)
PER_RECIPIENT = Limit(
    "recipient", 3, timedelta(days=1), "more than 3 invitations to this address in a day"
)
_WORDS = {limit.name: limit.words for limit in (PER_PARTNER, PER_RECIPIENT)}


def hold_words(mail: Mail) -> str:
    """Which limit a mail waits for, in words; empty when it waits for none."""
    return _WORDS.get(mail.held_by, "")


def take_turn(mail: Mail) -> datetime | None:
    """When this invitation may go out; None for at once, and for mails that are no invitations.

    The turn is kept on the mail, so that those that come later stand behind it. Asked when the
    mail is queued, to show it, and again at each attempt, because only that one counts.
    """
    if not get_kind(mail.kind).is_invitation:
        return None
    with transaction.atomic():
        _one_at_a_time()
        now = clock.now()
        turn, limit = _next_turn(mail, now)
        mail.counts_at = turn
        mail.held_by = limit.name if limit else ""
        if limit:
            mail.held_until = mail.next_try_at = turn
        mail.save(update_fields=["counts_at", "held_by", "held_until", "next_try_at"])
    return turn if limit else None


def _next_turn(mail: Mail, now: datetime) -> tuple[datetime, Limit | None]:
    """The first moment that breaks no limit, and the limit that was the last in the way."""
    taken = [(limit, _taken(mail, limit, now)) for limit in (PER_PARTNER, PER_RECIPIENT)]
    turn, why = now, None
    while (later := next(_frees(taken, turn), None)) is not None:
        turn, why = later
    return turn, why


def _frees(
    taken: list[tuple[Limit, list[datetime]]], at: datetime
) -> Iterator[tuple[datetime, Limit]]:
    """For each limit that is full at `at`: when it has room again."""
    for limit, times in taken:
        first, last = bisect_right(times, at - limit.window), bisect_right(times, at)
        if last - first >= limit.most:
            yield times[last - limit.most] + limit.window, limit


def _taken(mail: Mail, limit: Limit, now: datetime) -> list[datetime]:
    """When the others go out or went out, as far as this limit counts them; ascending."""
    same = Q(partner_id=mail.partner_id) if limit is PER_PARTNER else Q(to__iexact=mail.to)
    others = Mail.objects.filter(same, state__in=_COUNTED, counts_at__gt=now - limit.window)
    rows = others.exclude(id=mail.id).order_by("counts_at")
    return [at for at in rows.values_list("counts_at", flat=True) if at]


def _one_at_a_time() -> None:
    """Two that look for a turn at once must not find the same one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
