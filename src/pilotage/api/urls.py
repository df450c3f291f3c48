"""The API's addresses; every one of them behind the gateway."""

import re

from django.urls import URLPattern, path, re_path

from pilotage.api.api import api, known_parameters
from pilotage.api.gateway import guarded, no_such_address

_PARAMETERS = known_parameters()


def _guarded(pattern: URLPattern) -> URLPattern:
    address = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
    pattern.callback = guarded(pattern.callback, _PARAMETERS.get(address, {}))
    return pattern


urlpatterns = [
    path(
        "v1/",
        (
            [_guarded(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern)],
            "ninja",
            "api",
        ),
    ),
    re_path("", guarded(no_such_address, {})),
]
