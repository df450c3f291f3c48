"""Answers to requests that Django itself refuses."""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from pilotage.kernel.errors import Forbidden, NotFound
from pilotage.web.refusal import refusal


class PageTooOld(Forbidden):
    """This page was open for too long, or cookies are off. Go back, reload it and try again."""


class PageNotFound(NotFound):
    """There is no page at this address."""


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without its CSRF token."""
    return refusal(request, PageTooOld())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to an address that leads nowhere."""
    return refusal(request, PageNotFound())


def server_error(error: Exception) -> HttpResponse:
    """The answer to a failure: 503 while the database is away, 500 for what is our fault.

    Rendered without the request, because whoever is signed in stands in the database too.
    """
    if isinstance(error, OperationalError | InterfaceError):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "2"})
    return HttpResponse(render_to_string("500.html"), status=500)
