"""Upkeep of signing in."""

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from pilotage.kernel import clock


@app.periodic(cron="41 * * * *")
@app.task(name="forget_ended_sessions", queue="upkeep", queueing_lock="forget_ended_sessions")
def forget_ended_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended."""
    Session.objects.filter(expire_date__lte=clock.now()).delete()
