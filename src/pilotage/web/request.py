"""What a request is once somebody is signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import PilotageError

Refused = Callable[[PilotageError], HttpResponse]


class PageRequest(HttpRequest):
    """A page's request. `refused`, if a view has set it, answers a refusal in the view's form."""

    actor: Actor
    htmx: HtmxDetails
    refused: Refused | None
