"""Answers to requests that Django itself refuses."""

from django.http import HttpRequest, HttpResponse

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
