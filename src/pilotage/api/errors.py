"""How the API says no: one shape for everything, made in one place."""

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError, ValidationError

from pilotage.kernel.errors import Conflict, Forbidden, Invalid, NotFound, PilotageError

log = structlog.get_logger()


class SignInNeeded(Forbidden):
    """Send an API token: “Authorization: Bearer plk_…”."""

    status = 401


class CsrfRefused(Forbidden):
    """A request with a session cookie needs the X-CSRFToken header."""


class NoSuchAddress(NotFound):
    """The API has no such address. See /api/v1/openapi.json."""


class MethodNotAllowed(Invalid):
    """This address does not take this method."""

    status = 405


class MalformedRequest(Invalid):
    """The request could not be read."""

    status = 400


class WrongMediaType(Invalid):
    """Send JSON, with “Content-Type: application/json”."""

    status = 415


class BodyTooLarge(Invalid):
    """The body is larger than 1 MB."""

    status = 413


class InvalidInput(Invalid):
    """Something in what you sent has to be corrected; see fields."""


class VersionNeeded(Conflict):
    """Send the ETag that you were shown as If-Match, so that nobody's change is lost."""

    status = 428


class Unavailable(PilotageError):
    """The database cannot be reached at the moment. Try again shortly."""

    status = 503


class InternalError(PilotageError):
    """Something went wrong on our side. It was logged under the request id."""

    status = 500


def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The JSON answer to a refusal or a failure; failures are logged with their trace."""
    known = _known(error)
    request_id = getattr(request, "request_id", "")
    if known.status >= 500:
        log.error("api_failed", request_id=request_id, path=request.path, exc_info=error)
    body = {
        "code": known.code,
        "text": known.text,
        "fields": known.fields,
        "details": known.details,
        "request_id": request_id,
    }
    response = JsonResponse({"error": body}, status=known.status)
    if isinstance(known, Unavailable):
        response["Retry-After"] = "2"
    if known.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _known(error: Exception | type[Exception]) -> PilotageError:
    if isinstance(error, PilotageError):
        return error
    if isinstance(error, HttpError) and isinstance(error.__cause__, Exception):
        return _known(error.__cause__)
    if isinstance(error, ValidationError):
        return InvalidInput(fields=_fields(error))
    for kinds, known in _TRANSLATED:
        if isinstance(error, kinds):
            return known()
    return InternalError()


_TRANSLATED: tuple[tuple[tuple[type[Exception], ...], type[PilotageError]], ...] = (
    ((HttpError,), MalformedRequest),
    ((Http404,), NoSuchAddress),
    ((RequestDataTooBig,), BodyTooLarge),
    ((OperationalError, InterfaceError), Unavailable),
)


def _fields(error: ValidationError) -> dict[str, str]:
    """One sentence per field, named by its path inside the body, query or address."""
    found: dict[str, str] = {}
    for problem in error.errors:
        place = [str(part) for part in problem["loc"]]
        # ("body", "the parameter's name in Python", field …): only the field means something.
        name = ".".join(place[2:] if place[0] == "body" else place[-1:]) or place[0]
        found.setdefault(name, str(problem["msg"]).removeprefix("Value error, "))
    return found
