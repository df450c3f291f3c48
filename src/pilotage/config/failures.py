"""The answer when something failed before or behind all views."""

import sys

from django.http import HttpRequest, HttpResponse

from pilotage.api.errors import answer
from pilotage.web.errors import server_error


def failed(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`, called while the exception is being handled."""
    error = sys.exc_info()[1]
    known = error if isinstance(error, Exception) else Exception()
    return answer(request, known) if request.path.startswith("/api/") else server_error(known)
