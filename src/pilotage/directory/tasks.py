"""Counting seats anew."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pilotage.directory.recount import recount

# One customer's fault, a database that restarts, say, must not leave the others behind it with the
# old number until they are imported again. Counting twice does no harm.
RETRY = RetryStrategy(max_attempts=10, linear_wait=10)


@app.task(name="recount_seats", queue="directory", retry=RETRY)
def recount_seats(partner_id: str) -> None:
    """After a partner's counting rule was changed."""
    recount(UUID(partner_id))
