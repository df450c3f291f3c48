"""Forget old answers: a file of its own, because workers load it and no other part of the API."""

from datetime import timedelta

from pilotage.api.models import KeptAnswer
from pilotage.kernel import clock

KEPT_FOR = timedelta(hours=48)


def forget_old_answers() -> int:
    """Delete answers that are no longer given; how many."""
    return KeptAnswer.objects.filter(created_at__lte=clock.now() - KEPT_FOR).delete()[0]
