"""Which pages need what; a view that says nothing needs a signed-in operator (default deny)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Needs(StrEnum):
    """What a visitor must have shown before a view runs."""

    NOTHING = "nothing"
    # Signed in with a password, but perhaps without a second step yet.
    SESSION = "session"
    OPERATOR = "operator"


def public(view: View) -> View:
    """Anybody may open this page: sign-in, set-up, activation, error pages."""
    view.needs = Needs.NOTHING  # type: ignore[attr-defined]
    return view


def needs_session_only(view: View) -> View:
    """The pages with which an operator sets up the second step, and signing out."""
    view.needs = Needs.SESSION  # type: ignore[attr-defined]
    return view


def needs_of(view: Callable[..., Any]) -> Needs:
    """What `view` needs."""
    return Needs(getattr(view, "needs", Needs.OPERATOR))
