"""Times are shown where the operator's partner is."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pilotage.partners.models import Operator


class TimeZoneMiddleware:
    """Activates the partner's time zone for a signed-in operator; UTC for visitors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        operator = request.user
        if not isinstance(operator, Operator):
            return self.get_response(request)
        with timezone.override(ZoneInfo(operator.partner.time_zone)):
            return self.get_response(request)
