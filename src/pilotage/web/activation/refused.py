"""How a refused activation looks: what happened, for which organization, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilotage.kernel.errors import PilotageError
from pilotage.onboarding.errors import (
    ActivationRefused,
    ConnectionEnded,
    GuestNeedsApproval,
    LinkUnknown,
    LinkUsed,
    MicrosoftUnavailable,
    OutOfOrder,
    StateInvalid,
    TooManyTries,
)
from pilotage.onboarding.models import ActivationSession
from pilotage.web.activation.visit import current_visit

_ICONS = {
    "link_unknown": "unlink",
    "link_expired": "calendar-x",
    "link_revoked": "unlink",
    "link_used": "circle-check",
    "connection_ended": "circle-check",
    "session_expired": "clock",
    "wrong_tenant": "building-2",
    "not_an_admin": "user-x",
    "personal_account": "user-x",
    "guest_needs_approval": "hourglass",
    "needs_approval": "hourglass",
    "microsoft_unavailable": "cloud-off",
    "too_many_tries": "hourglass",
}
# Somebody else can go on where this person cannot.
_FOR_ANOTHER_PERSON = {"wrong_tenant", "not_an_admin", "needs_approval", "guest_needs_approval"}


def refused_page(request: HttpRequest, error: ActivationRefused) -> HttpResponse:
    """The refusal with its status; for a polled part of a page only that part."""
    session = _visit(request)
    if session is not None and error.link is not None and session.link_id != error.link.pk:
        # Another link was shown than the one this browser's visit was begun with.
        session = None
    if isinstance(error, LinkUnknown):
        # Nothing was shown that names a customer; what an earlier visit was about stays private.
        session = None
    link = error.link or (session.link if session else None)
    context = {
        "error": error,
        "icon": _ICONS.get(error.reason, "circle-alert"),
        "kind": "ok" if isinstance(error, LinkUsed | ConnectionEnded) else "warn",
        "link": link,
        "customer": link.customer if link else None,
        "partner": link.customer.partner if link else None,
        **_ways_on(request, error, session),
    }
    is_part = bool(getattr(request, "htmx", False))
    page = "activation/_refused.html" if is_part else "activation/refused.html"
    response = render(request, page, context, status=error.status)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = "60"
    return response


def _ways_on(
    request: HttpRequest, error: ActivationRefused, session: ActivationSession | None
) -> dict[str, object]:
    """Which buttons make sense; those of the visit only while it lasts."""
    is_used = isinstance(error, LinkUsed)
    begins_anew = isinstance(error, StateInvalid | OutOfOrder)
    return {
        "sign_in_again": session is not None and (error.may_sign_in_again or is_used),
        "sign_in_words": _sign_in_words(error),
        "forward": session is not None and error.reason in _FOR_ANOTHER_PERSON,
        "consent_again": session is not None
        and session.admin_oid is not None
        and error.reason in {"declined", "needs_approval"},
        "to_case": session is not None and begins_anew,
        # The admin of a connected organization shows the same link again to come back.
        "token": request.POST.get("token", "") if is_used and session is None else "",
        "other_link": session is None and not isinstance(error, LinkUsed | ConnectionEnded),
    }


def _sign_in_words(error: ActivationRefused) -> str:
    if isinstance(error, LinkUsed):
        return "Sign in as its administrator"
    if isinstance(error, MicrosoftUnavailable):
        return "Try again"
    return "Sign in again" if isinstance(error, GuestNeedsApproval) else "Use another account"


def _visit(request: HttpRequest) -> ActivationSession | None:
    """The visit as far as there still is one."""
    try:
        return current_visit(request)[1]
    except PilotageError:
        return None
