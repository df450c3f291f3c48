"""Limits on showing activation links: 10 a minute from one address, 100 an hour for one link."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from pilotage.kernel import clock
from pilotage.onboarding.errors import TooManyTries
from pilotage.onboarding.link_token import split
from pilotage.onboarding.models.tries import Tries


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries in each `window`."""

    name: str
    most: int
    window: timedelta


PER_ADDRESS = Limit("address", 10, timedelta(minutes=1))
PER_LINK = Limit("link", 100, timedelta(hours=1))


def count_try(address: str, token: str) -> None:
    """Count one try to open a link; raises TooManyTries. Tries that are refused count as well."""
    _count(PER_ADDRESS, address)
    parts = split(token)
    if parts is not None:
        _count(PER_LINK, parts[0])


def forget_old_tries() -> int:
    """Delete the windows that have passed; returns how many."""
    return Tries.objects.filter(ends_at__lt=clock.now()).delete()[0]


def _count(limit: Limit, subject: str) -> None:
    window = _window(limit)
    key = salted_hmac(f"tries:{limit.name}", subject, algorithm="sha256").hexdigest()
    with transaction.atomic():
        row, _ = Tries.objects.get_or_create(
            key=key, window=window, defaults={"ends_at": window + limit.window}
        )
        # The update locks the row until the commit, so no two see the same count.
        Tries.objects.filter(id=row.id).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    if row.count > limit.most:
        raise TooManyTries


def _window(limit: Limit) -> datetime:
    seconds = limit.window.total_seconds()
    return datetime.fromtimestamp(clock.now().timestamp() // seconds * seconds, UTC)
