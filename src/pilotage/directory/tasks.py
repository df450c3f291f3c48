"""Counting seats anew."""

from uuid import UUID

from procrastinate.contrib.django import app

from pilotage.directory.recount import recount


@app.task(name="recount_seats", queue="directory")
def recount_seats(partner_id: str) -> None:
    """After a partner's counting rule was changed."""
    recount(UUID(partner_id))
