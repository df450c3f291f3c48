"""Who is asking, and default deny: no page without a signed-in operator unless it says so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pilotage.kernel.actor import Actor
from pilotage.partners.access import actor_for_operator
from pilotage.partners.errors import TwoStepNeeded
from pilotage.partners.models import Operator
from pilotage.web.public import Needs, needs_of
from pilotage.web.sign_in.lifetime import has_ended, note_use
from pilotage.web.sign_in.second_step import Standing, standing_of


class SignedInMiddleware:
    """Sets `request.actor` for a signed-in operator, read anew on every request.

    An operator without a second step is no actor yet: `request.refusal` says so to the API, and
    pages lead to setting it up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.refusal = _actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, options: Any
    ) -> HttpResponse | None:
        """Lead visitors to the sign-in, and operators without a second step to setting it up."""
        needs = needs_of(view)
        if needs is Needs.NOTHING or request.actor is not None:  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if needs is Needs.SESSION:
            return None
        return HttpResponseRedirect(reverse("second_step_needed"))


def _actor(request: HttpRequest) -> tuple[Actor | None, Exception | None]:
    operator = request.user
    if not isinstance(operator, Operator):
        return None, None
    standing = standing_of(request, operator)
    if has_ended(request.session) or standing is Standing.WORTHLESS:
        logout(request)
        return None, None
    note_use(request.session)
    if standing is Standing.NOT_SET_UP:
        return None, TwoStepNeeded()
    return actor_for_operator(operator), None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = request.get_full_path()
    if request.headers.get("HX-Request") == "true":
        # htmx would put the sign-in page into the fragment; this makes the browser go there.
        current = request.headers.get("HX-Current-URL", "")
        return HttpResponse(status=401, headers={"HX-Redirect": _sign_in_from(current)})
    if request.method != "GET":
        return HttpResponseRedirect(reverse("account_login"))
    return redirect_to_login(address, login_url=reverse("account_login"))


def _sign_in_from(current: str) -> str:
    parts = urlsplit(current)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    query = urlencode({"next": path}) if path.startswith("/") else ""
    return reverse("account_login") + (f"?{query}" if query else "")
