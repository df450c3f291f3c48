"""Upkeep of the API."""

from procrastinate.contrib.django import app

from pilotage.api.forget_old_answers import forget_old_answers


@app.periodic(cron="23 * * * *")
@app.task(name="forget_old_answers", queue="upkeep", queueing_lock="forget_old_answers")
def forget_answers(timestamp: int) -> None:
    """Delete the answers to old Idempotency-Keys."""
    forget_old_answers()
