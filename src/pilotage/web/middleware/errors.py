"""Turns a PilotageError into the page or panel that says it; views have no `try`."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pilotage.kernel.errors import Invalid, NotFound, PilotageError
from pilotage.web.refusal import refusal
from pilotage.web.request import Refused

_UNSTORABLE = re.compile("[\\0\ud800-\udfff]")


class MalformedText(Invalid):
    """The request holds characters that are no text (NUL). Go back and enter it without them."""

    status = 400


class ErrorsMiddleware:
    """The one place where pages answer a refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, options: object
    ) -> HttpResponse | None:
        """Refuse text that no database can keep, before any view looks at it.

        The API has its own check, which answers in JSON.
        """
        if request.path.startswith("/api/"):
            return None
        asked = [*request.GET.items(), *request.POST.items()]
        is_bad = any(_UNSTORABLE.search(f"{name}{value}") for name, value in asked)
        return refusal(request, MalformedText()) if is_bad else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render a refusal with its status; anything else goes on to Django.

        A view that shows a form has set `request.refused`: it shows the form again, unless it is
        the form itself that is refused.
        """
        if not isinstance(error, PilotageError):
            return None
        show_again: Refused | None = getattr(request, "refused", None)
        if show_again is None or isinstance(error, NotFound):
            return refusal(request, error)
        try:
            return show_again(error)
        except PilotageError as why_not:
            return refusal(request, why_not)
