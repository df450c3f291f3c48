"""When accounts were last used (https://learn.microsoft.com/graph/api/resources/signinactivity).

A list of its own: with this property pages are smaller, and a tenant without the licence, or a
consent without the permission, then loses nothing else.
"""

from datetime import datetime
from typing import Any

import msgspec

from pilotage.directory.models import SignInActivity
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Moment, Shape, named
from pilotage.imports.store.table import table_of


class Latest(msgspec.Struct, rename="camel"):
    """The latest sign-ins of one user."""

    last_sign_in_date_time: Moment | None = None
    last_non_interactive_sign_in_date_time: Moment | None = None
    last_successful_sign_in_date_time: Moment | None = None


class SignInActivityShape(Shape):
    """A user; one that never signed in has no activity at all."""

    activity: Latest | None = named("signInActivity")


def flattened(user: Any) -> tuple[object, ...]:
    """The row of a user, in the order of the table's columns."""
    latest = user.activity or Latest()
    return (
        user.id,
        _real(latest.last_sign_in_date_time),
        _real(latest.last_non_interactive_sign_in_date_time),
        _real(latest.last_successful_sign_in_date_time),
    )


def _real(at: datetime | None) -> datetime | None:
    """Microsoft also writes "never" as the first day of the year 1."""
    return at if at is not None and at.year > 1 else None


SIGN_IN_ACTIVITY = Listing(
    name="sign_in_activity",
    label="Sign-in activity",
    resource="/users",
    permission="AuditLog.Read.All",
    licence="Microsoft Entra ID P1 or P2",
    why="When accounts were last used, so that unused ones and their licences are found.",
    table=table_of(SignInActivity),
    shape=SignInActivityShape,
    row=flattened,
    # With this property Microsoft gives no more on a page.
    top=500,
    needs_select=True,
    is_countable=True,
    weight=10,
    nights_between=3,
    # Without a licence the moments stand still, and everybody would seem to have stopped working.
    is_of_the_moment=True,
)
