"""What every API request passes: sign-in, checks of its form, idempotency, one way to say no."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from pilotage.api import errors
from pilotage.api.authentication import authenticate
from pilotage.api.idempotency import once
from pilotage.api.strict_json import check_text
from pilotage.kernel.ids import new_id

View = Callable[..., HttpResponse]


def guarded(view: View, known_parameters: dict[str, frozenset[str]]) -> View:
    """`view` behind the gateway; `known_parameters` are the query parameters by method."""

    @wraps(view)
    def guard(request: HttpRequest, **path: Any) -> HttpResponse:
        request_id = str(new_id())
        request.request_id = request_id  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                response = _answer(view, request, known_parameters, path)
            # The boundary: whatever is raised becomes an answer and a line in the log.
            except Exception as error:  # noqa: BLE001
                response = errors.answer(request, error)
        response["X-Request-Id"] = request_id
        return response

    # The API answers for sign-in itself: 401 in JSON rather than a redirect to a page.
    guard.needs = "nothing"  # type: ignore[attr-defined]
    guard.csrf_exempt = True  # type: ignore[attr-defined]
    return guard


def no_such_address(request: HttpRequest) -> HttpResponse:
    """The answer for every address under /api/ that is not there."""
    raise errors.NoSuchAddress


def _answer(
    view: View,
    request: HttpRequest,
    known_parameters: dict[str, frozenset[str]],
    path: dict[str, Any],
) -> HttpResponse:
    actor = authenticate(request)
    request.actor = actor  # type: ignore[attr-defined]
    method = request.method or ""
    _check_query(request, known_parameters.get(method, frozenset()))
    if method == "POST":
        return once(request, actor, lambda: _plain(view(request, **path)))
    return _plain(view(request, **path))


def _plain(response: HttpResponse) -> HttpResponse:
    if response.status_code == 405:
        raise errors.MethodNotAllowed
    return response


def _check_query(request: HttpRequest, known: frozenset[str]) -> None:
    for name, values in request.GET.lists():
        if name not in known:
            text = f"Unknown query parameter “{name[:40]}”."
            raise errors.InvalidInput(text, fields={name[:40]: "Unknown query parameter."})
        if len(values) > 1:
            raise errors.InvalidInput(fields={name: "Give this parameter once."})
        check_text(values[0])
